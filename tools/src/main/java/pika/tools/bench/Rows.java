package pika.tools.bench;

import static pika.tools.bench.Row.command;
import static pika.tools.bench.Row.test;

import java.util.List;
import java.util.Locale;

/** The rows of the matrix, in the order they run: a group's reads before the writes that age it. */
final class Rows {

  private static final String TEN_KEYS = " key:__rand_int__".repeat(10);

  static final List<Row> STRINGS = List.of(
      test("GET", "get", Fill.STRINGS, 1, 16, 128),
      command("MGET", "MGET" + TEN_KEYS, Fill.STRINGS, 1),
      test("SET", "set", Fill.STRINGS, 1, 16, 128),
      test("MSET", "mset", Fill.STRINGS, 1),
      test("INCR", "incr", Fill.NOTHING, 16));

  static final List<Row> OTHERS = List.of(
      test("PING", "ping_mbulk", Fill.NOTHING, 1, 16, 128),
      command("HGETALL", "HGETALL hash:__rand_int__", Fill.HASHES, 1),
      test("HSET", "hset", Fill.NOTHING, 16),
      command("LRANGE_100", "LRANGE list 0 99", Fill.LIST, 1),
      test("LPUSH", "lpush", Fill.NOTHING, 16),
      test("SADD", "sadd", Fill.NOTHING, 16),
      test("ZADD", "zadd", Fill.NOTHING, 16),
      command("XADD", "XADD stream * field " + Row.DATA, Fill.NOTHING, 16));

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
