package pika.tools.bench;

import static pika.tools.bench.Row.command;
import static pika.tools.bench.Row.test;

import java.util.List;
import java.util.Locale;

/** The rows of the matrix, in the order they run: a group's reads before the writes that age it. */
final class Rows {

  private static final String TEN_KEYS = " key:__rand_int__".repeat(10);

  private static final String HASH = "hash:__rand_int__";
  private static final String FIELD = " field:000000000005";
  /** Two calls; without spaces, which separate arguments here. */
  private static final String SCRIPT =
      "redis.call('SET',KEYS[1],ARGV[1])return(redis.call('STRLEN',KEYS[1]))";

  private static final String MIDDLE_TEN = Fill.MANY / 2 + " " + (Fill.MANY / 2 + 9);

  static final List<Row> STRINGS = List.of(
      test("GET", "get", Fill.STRINGS, 1, 16, 128),
      command("MGET", "MGET" + TEN_KEYS, Fill.STRINGS, 1),
      test("SET", "set", Fill.STRINGS, 1, 16, 128),
      test("MSET", "mset", Fill.STRINGS, 1),
      test("INCR", "incr", Fill.NOTHING, 16));

  static final List<Row> OTHERS = List.of(
      test("PING", "ping_mbulk", Fill.NOTHING, 1, 16, 128),
      command("HGET", "HGET " + HASH + FIELD, Fill.HASHES, 1),
      command("HGET_LARGE", "HGET largehash field:__rand_int__", Fill.LARGE_HASH, 1),
      command("HGETALL", "HGETALL " + HASH, Fill.HASHES, 1),
      command("HGETALL_100", "HGETALL hash100:__rand_int__", Fill.HASHES_100, 1),
      command("HGETALL_10000", "HGETALL hash10000", Fill.HASH_10000, 1),
      command("HSET_SMALL", "HSET " + HASH + FIELD + " " + Row.DATA, Fill.HASHES, 16),
      test("HSET", "hset", Fill.NOTHING, 16),
      command("LRANGE_10", "LRANGE list:__rand_int__ 0 -1", Fill.LISTS, 1),
      command("LRANGE_100", "LRANGE list 0 99", Fill.LIST, 1),
      command("LRANGE_600", "LRANGE list 0 599", Fill.LIST, 1),
      command("LINDEX", "LINDEX longlist " + Fill.MANY / 2, Fill.LONG_LIST, 1),
      command("LPOP", "LPOP list:__rand_int__", Fill.LISTS, 1),
      command("LPOP_LARGE", "LPOP longlist", Fill.LONG_LIST, 1),
      test("LPUSH", "lpush", Fill.NOTHING, 16),
      command("SPOP", "SPOP set:__rand_int__", Fill.SETS, 1),
      command("SPOP_LARGE", "SPOP largeset", Fill.LARGE_SET, 1),
      test("SADD", "sadd", Fill.NOTHING, 16),
      command("ZRANGE", "ZRANGE zset:__rand_int__ 0 -1", Fill.SORTED_SETS, 1),
      command("ZRANGE_LARGE", "ZRANGE largezset " + MIDDLE_TEN, Fill.LARGE_SORTED_SET, 1),
      command("ZRANK", "ZRANK zset:__rand_int__ member:000000000005", Fill.SORTED_SETS, 1),
      command("ZRANK_LARGE", "ZRANK largezset member:__rand_int__", Fill.LARGE_SORTED_SET, 1),
      test("ZADD", "zadd", Fill.NOTHING, 16),
      command("XADD", "XADD stream * field " + Row.DATA, Fill.NOTHING, 16),
      command("EVAL", "EVAL " + SCRIPT + " 1 key:__rand_int__ " + Row.DATA, Fill.STRINGS, 16),
      command("PUBLISH", "PUBLISH nobody " + Row.DATA, Fill.NOTHING, 16));

  private Rows() {}

  /** @throws IllegalArgumentException if there is no such row; the message lists those there are */
  static Row named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return all().stream()
        .filter(row -> row.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "no row " + name + "; there are " + String.join(", ", names())));
  }

  static List<String> names() {
    return all().stream().map(Row::name).toList();
  }

  private static List<Row> all() {
    return java.util.stream.Stream.concat(STRINGS.stream(), OTHERS.stream()).toList();
  }
}
