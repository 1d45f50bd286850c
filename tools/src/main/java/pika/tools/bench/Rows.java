package pika.tools.bench;

import static pika.tools.bench.Row.command;
import static pika.tools.bench.Row.mix;
import static pika.tools.bench.Row.publish;
import static pika.tools.drive.Operation.DATA;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pika.tools.drive.Operation;

/**
 * The rows of the matrix in execution order: a group's reads before the writes that change its
 * data.
 */
final class Rows {

  private static final String KEY = "key:{n}";
  private static final String TEN_KEYS = (" " + KEY).repeat(10);
  private static final String TEN_PAIRS = (" " + KEY + " " + DATA).repeat(10);

  private static final String HASH = "hash:{n}";
  private static final String FIELD = " field:000000000005";
  /** Two calls; without spaces, which separate arguments here. */
  private static final String SCRIPT =
      "redis.call('SET',KEYS[1],ARGV[1])return(redis.call('STRLEN',KEYS[1]))";

  private static final String MIDDLE_TEN = Fill.MANY / 2 + " " + (Fill.MANY / 2 + 9);

  private static final String MIDDLE_SIX_HUNDRED = Fill.MANY / 2 + " " + (Fill.MANY / 2 + 599);

  static final List<Row> STRINGS = List.of(
      command("GET", "GET " + KEY, Fill.STRINGS, 1, 16, 128),
      command("MGET", "MGET" + TEN_KEYS, Fill.STRINGS, 1),
      command("SET", "SET " + KEY + " " + DATA, Fill.STRINGS, 1, 16, 128),
      command("MSET", "MSET" + TEN_PAIRS, Fill.STRINGS, 1),
      command("INCR", "INCR counter:{n}", Fill.NOTHING, 16));

  static final List<Row> OTHERS = List.of(
      mix(
          "MIXED",
          List.of(Operation.of(80, "GET " + KEY), Operation.of(20, "SET " + KEY + " " + DATA)),
          Fill.STRINGS,
          1,
          16),
      command("PING", "PING", Fill.NOTHING, 1, 16, 128),
      command("HGET", "HGET " + HASH + FIELD, Fill.HASHES, 1),
      command("HGET_LARGE", "HGET largehash field:{n}", Fill.LARGE_HASH, 1),
      command("HGETALL", "HGETALL " + HASH, Fill.HASHES, 1),
      command("HGETALL_100", "HGETALL hash100:{n}", Fill.HASHES_100, 1),
      command("HGETALL_10000", "HGETALL hash10000", Fill.HASH_10000, 1),
      command("HSET_SMALL", "HSET " + HASH + FIELD + " " + DATA, Fill.HASHES, 16),
      command("HSET_10", "HSET written:{n}" + fields(10), Fill.NOTHING, 1),
      command("HSET_100", "HSET written100:{n}" + fields(100), Fill.NOTHING, 1),
      command("HSET_10000", "HSET written10000" + fields(10_000), Fill.NOTHING, 1),
      command("HSET", "HSET myhash element:{n} " + DATA, Fill.NOTHING, 16),
      command("LRANGE_10", "LRANGE list:{n} 0 -1", Fill.LISTS, 1),
      command("LRANGE_100", "LRANGE list 0 99", Fill.LIST, 1),
      command("LRANGE_600", "LRANGE list 0 599", Fill.LIST, 1),
      command("LRANGE_600_LARGE", "LRANGE longlist " + MIDDLE_SIX_HUNDRED, Fill.LONG_LIST, 1),
      command("LINDEX", "LINDEX longlist " + Fill.MANY / 2, Fill.LONG_LIST, 1),
      command("LPOP", "LPOP list:{n}", Fill.LISTS, 1),
      command("LPOP_LARGE", "LPOP longlist", Fill.LONG_LIST, 1),
      command("LPUSH", "LPUSH mylist " + DATA, Fill.NOTHING, 16),
      command("SPOP", "SPOP set:{n}", Fill.SETS, 1),
      command("SPOP_LARGE", "SPOP largeset", Fill.LARGE_SET, 1),
      command("SADD", "SADD myset element:{n}", Fill.NOTHING, 16),
      command("ZRANGE", "ZRANGE zset:{n} 0 -1", Fill.SORTED_SETS, 1),
      command("ZRANGE_LARGE", "ZRANGE largezset " + MIDDLE_TEN, Fill.LARGE_SORTED_SET, 1),
      command("ZRANK", "ZRANK zset:{n} member:000000000005", Fill.SORTED_SETS, 1),
      command("ZRANK_LARGE", "ZRANK largezset member:{n}", Fill.LARGE_SORTED_SET, 1),
      command("ZADD", "ZADD myzset {n} element:{n}", Fill.NOTHING, 16),
      command("XADD", "XADD stream * field " + DATA, Fill.NOTHING, 16),
      command("EVAL", "EVAL " + SCRIPT + " 1 key:{n} " + DATA, Fill.STRINGS, 16),
      mix("MULTI", List.of(Operation.of(1, transaction())), Fill.STRINGS, 1, 4),
      publish("PUBLISH", 0, 16),
      publish("PUBLISH_1", 1, 16),
      publish("PUBLISH_100", 100, 1),
      publish("PUBLISH_10000", 10_000, 1),
      mix("TOUR", Tour.OPERATIONS, Fill.NOTHING, 16));

  private Rows() {}

  /** @throws IllegalArgumentException if there is no such row; the message lists the known ones */
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

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> " field:" + i + " " + DATA)
        .collect(Collectors.joining());
  }

  private static String[] transaction() {
    List<String> commands = new ArrayList<>(List.of("MULTI"));
    commands.addAll(Collections.nCopies(10, "SET " + KEY + " " + DATA));
    commands.add("EXEC");
    return commands.toArray(String[]::new);
  }

  private static List<Row> all() {
    return Stream.concat(STRINGS.stream(), OTHERS.stream()).toList();
  }
}
