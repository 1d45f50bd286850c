package pika.server.proof.differential;

/** EVAL and SCRIPT: https://redis.io/docs/latest/develop/interact/programmability/eval-intro/. */
final class ScriptFamily implements Family {
  /**
   * What scripts do with their keys and arguments; whatever is under a key, both servers must say
   * the same.
   */
  private static final String[] SCRIPTS = {
    "return redis.call('GET', KEYS[1])",
    "return redis.call('SET', KEYS[1], ARGV[1])",
    "return redis.call('INCRBY', KEYS[1], ARGV[1])",
    "return redis.call('TYPE', KEYS[1])",
    "return redis.call('TYPE', KEYS[1]).ok .. redis.call('STRLEN', KEYS[2])",
    "return {redis.call('EXISTS', KEYS[1], KEYS[2]), redis.pcall('LLEN', KEYS[1]), redis.pcall('SCARD', KEYS[2])}",
    "redis.call('RPUSH', KEYS[1], ARGV[1], ARGV[2]) return redis.call('LRANGE', KEYS[1], 0, -1)",
    "return redis.call('LPOP', KEYS[1])",
    "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) return redis.call('HGET', KEYS[1], ARGV[1])",
    "return #redis.call('HGETALL', KEYS[1])",
    "redis.setresp(3) return redis.call('HGET', KEYS[1], ARGV[1])",
    "redis.setresp(3) return redis.call('ZSCORE', KEYS[1], ARGV[1])",
    "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('LPUSH', KEYS[1], ARGV[2])",
    "redis.call('DEL', KEYS[1]) error(ARGV[1])",
    "local r = redis.pcall('INCR', KEYS[1]) if type(r) == 'table' then return r.err end return r",
    "local n = 0 for _, key in ipairs(KEYS) do n = n + redis.call('EXISTS', key) end return n",
    "return redis.call('ZADD', KEYS[1], 1.5, ARGV[1])",
    "return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')",
    "redis.call('ZADD', KEYS[1], 2, ARGV[1]) return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')",
    "redis.call('ZADD', KEYS[1], 2, ARGV[1]) return redis.call('ZPOPMIN', KEYS[1])",
    "redis.setresp(3) redis.call('ZADD', KEYS[1], 2, ARGV[1]) return redis.call('ZPOPMIN', KEYS[1])",
    "redis.setresp(3) return #redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')",
    "return redis.call('SADD', KEYS[1], ARGV[1], ARGV[2])",
    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end",
    "return redis.call('RENAME', KEYS[1], KEYS[2])",
    "return redis.call('COPY', KEYS[1], KEYS[2])",
    "return {1, 'two', {3, {ARGV[1]}}, false, true, {ok = 'fine'}, {err = 'MY error'}, nil, 9}",
    "return {double = tonumber(ARGV[1]) or 0.5}",
    "return tonumber(ARGV[1])",
    "return KEYS",
    "return ARGV",
    "return redis.sha1hex(ARGV[1])",
    "return redis.call(ARGV[1], KEYS[1])",
    "return redis.status_reply(ARGV[1])",
    "return redis.error_reply(ARGV[1])",
    "return x",
    "x = 1",
    "return =",
    "#!lua flags=no-writes\nreturn redis.call('SET', KEYS[1], ARGV[1])",
    "#!lua flags=no-writes\nreturn redis.call('TYPE', KEYS[1])",
    "#!lua flags=nosuch\nreturn 1",
  };

  @Override
  public void addTo(Menu menu) {
    menu.add(40, d -> eval(d, "EVAL"));
    menu.add(8, d -> eval(d, "EVAL_RO"));
    menu.add(
        4,
        d -> d.command("SCRIPT", "EXISTS").word("e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "x"));
    menu.add(3, d -> d.command("SCRIPT", "LOAD").word("return 1", "return ="));
    menu.add(
        6,
        d -> d.command("EVALSHA")
            .word(
                "e0e1f9fabfc9d4800c877a703b823ac0578ff8db",
                "E0E1F9FABFC9D4800C877A703B823AC0578FF8DB",
                "x")
            .and("0"));
    menu.add(1, d -> d.command("SCRIPT", "FLUSH"));
  }

  private static Draft eval(Dice dice, String name) {
    return dice.command(name).word(SCRIPTS).and("2").key().key().value().value();
  }
}
