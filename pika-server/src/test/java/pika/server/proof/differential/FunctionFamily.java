package pika.server.proof.differential;

import java.util.List;

/** FUNCTION, FCALL: https://redis.io/docs/latest/develop/programmability/functions-intro/. */
final class FunctionFamily implements Family {
  private static final String[] LIBRARIES = {"one", "two", "Three"};
  private static final String[] FUNCTIONS = {"f", "g", "H"};

  /** What a function does with its keys and arguments. */
  private static final List<String> BODIES = List.of(
      "return {keys, args}",
      "return redis.call(args[1], keys[1])",
      "return redis.pcall(args[1], keys[1], args[2])",
      "redis.call('set', keys[1], args[2]) return redis.call('lpush', keys[2], args[2])",
      "local n = redis.call('incr', keys[1]) redis.call('rpush', keys[2], n) return n",
      "return redis.call('type', keys[1]).ok .. #redis.call('keys', '*')",
      "redis.setresp(3) return {redis.call('exists', keys[1]), redis.call('get', 'nosuch')}",
      "return {1, 2.7, 'x', {err='My error'}, {ok='fine'}, true, false, nil, 4}",
      "error(args[1])",
      "return redis.error_reply(args[1])",
      "return cjson.encode({keys, args})",
      "return undefined",
      "undefined = 1",
      "return cmsgpack.unpack(cmsgpack.pack({args[1], 1, true}))",
      "return struct.pack('>I2', #args[1]) .. bit.tohex(#keys)");

  private static final List<String> NOTHING_IN_IT = List.of(
      "#!lua name=one\nreturn 1", "#!lua name=one\nx", "#!lua\n", "", "#!lua name=two\ny = 1");

  @Override
  public void addTo(Menu menu) {
    menu.add(12, d -> load(d, d.command("FUNCTION", "LOAD"))).twist(Twist.NEVER);
    menu.add(12, d -> load(d, d.command("FUNCTION", "LOAD", "REPLACE"))).twist(Twist.NEVER);
    menu.add(2, d -> d.command("FUNCTION", "LOAD").word(NOTHING_IN_IT)).twist(Twist.NEVER);
    menu.add(3, d -> d.command("FUNCTION", "DELETE").word(LIBRARIES)).twist(Twist.NEVER);
    menu.add(
            1, d -> d.command("FUNCTION", "FLUSH").sometimes(30, w -> w.word("sync", "ASYNC", "x")))
        .twist(Twist.NEVER);
    menu.add(
            6,
            d -> d.command("FUNCTION", "LIST")
                .sometimes(30, w -> w.word("WITHCODE", "withcode", "x"))
                .sometimes(30, w -> w.and("LIBRARYNAME").word("t*", "one", "*")))
        .agree(Agreement.UNORDERED);
    menu.add(3, d -> d.command("FUNCTION", "STATS"));
    menu.add(
        1,
        d -> d.command("FUNCTION", "RESTORE")
            .word("x", "")
            .sometimes(50, w -> w.word("FLUSH", "x")));
    menu.add(60, d -> called(d.command(d.oneOf("FCALL", "FCALL", "fcall_ro"))));
    menu.add(
        3,
        d -> d.command("FCALL")
            .word("nosuch", "F", "G")
            .word("0", "1", "x", "-1")
            .few());
    menu.add(
            3,
            d -> d.command("COMMAND", "INFO")
                .word("fcall", "FCALL_RO", "function|load", "function|stats"))
        .agree(Agreement.COMMAND_ROWS)
        .twist(Twist.NEVER);
    menu.add(
            2,
            d -> d.command("COMMAND", "GETKEYS")
                .and(called(d.command("FCALL")).words().toArray()))
        .twist(Twist.NEVER);
  }

  private static Draft load(Dice dice, Draft draft) {
    StringBuilder code =
        new StringBuilder("#!lua name=").append(dice.oneOf(LIBRARIES)).append('\n');
    String flags = dice.oneOf("", "", "flags={'no-writes'},", "flags={'no-writes', 'allow-oom'},");
    code.append("redis.register_function{function_name='")
        .append(dice.oneOf(FUNCTIONS))
        .append("', ")
        .append(flags)
        .append("callback=function(keys, args) ")
        .append(BODIES.get(dice.between(0, BODIES.size() - 1)))
        .append(" end}");
    return draft.and(code.toString());
  }

  private static Draft called(Draft draft) {
    return draft
        .word(FUNCTIONS)
        .and("2")
        .key()
        .key()
        .word("get", "llen", "GET", "strlen", "del", "nosuch", "incr", "lpush", "sadd")
        .value();
  }
}
