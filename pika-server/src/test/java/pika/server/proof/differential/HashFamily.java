package pika.server.proof.differential;

import java.util.List;

/** Hashes: https://redis.io/docs/latest/commands/?group=hash. */
final class HashFamily implements Family {
  private static final List<String> FIELDS = Dice.words("""
      f0 f1 f2 f3 f4 f5 7 -12 "" "bin\\x00\\r\\n\\xff"
      a-field-whose-name-is-so-long-that-it-does-not-fit-into-a-small-hash-any-more
      """);
  private static final int MANY = 600;

  @Override
  public void addTo(Menu menu) {
    menu.add(45, HashFamily::hset);
    menu.add(8, d -> d.command("HMSET").key().times(1, 4, HashFamily::pair));
    menu.add(12, d -> pair(d.command("HSETNX").key()));
    menu.add(15, d -> d.command("HDEL").key().times(1, 4, HashFamily::field));
    menu.add(15, d -> field(d.command("HINCRBY").key()).integer());
    menu.add(15, d -> field(d.command("HINCRBYFLOAT").key()).and(d.floatingPoint()));
    menu.add(15, d -> field(d.command("HGET").key()));
    menu.add(12, d -> d.command("HMGET").key().times(1, 5, HashFamily::field));
    menu.add(8, d -> field(d.command("HEXISTS").key()));
    menu.add(8, d -> field(d.command("HSTRLEN").key()));
    menu.add(10, d -> d.command("HLEN").key());
    menu.add(12, d -> d.command("HGETALL").key()).agree(Agreement.UNORDERED);
    menu.add(6, d -> d.command("HKEYS").key()).agree(Agreement.UNORDERED);
    menu.add(6, d -> d.command("HVALS").key()).agree(Agreement.UNORDERED);
    menu.addStep(12, RandomDraw::fields);
    menu.addStep(8, FullScan::fields);
    menu.add(3, d -> d.command("HSCAN").key().word("0", "abc", "").word("COUNT", "TYPE", "X"))
        .twist(Twist.NEVER);
    menu.add(3, d -> d.command("HSCAN").key().word("0", "x").and("COUNT").word("0", "-1", "x"))
        .twist(Twist.NEVER);
    menu.addStep(10, HashFamily::underTinyThresholds);
    menu.add(1, HashFamily::hsetMany);
  }

  private static Draft hset(Dice dice) {
    return dice.command("HSET").key().times(1, 4, HashFamily::pair);
  }

  private static Draft hsetMany(Dice dice) {
    return dice.command("HSET")
        .key()
        .times(
            MANY,
            MANY,
            d -> d.and("f" + d.dice().below(2 * MANY)).and("" + d.dice().below(100)));
  }

  private static UnderTinyThresholds underTinyThresholds(Dice dice) {
    List<String> settings = List.of(
        "hash-max-listpack-entries",
        "" + dice.below(5),
        "hash-max-listpack-value",
        dice.oneOf("0", "2", "5", "64"),
        "collection-max-packed-size",
        dice.oneOf("0", "20", "8192"));
    return UnderTinyThresholds.draw(dice, settings, HashFamily::hset);
  }

  private static Draft pair(Draft draft) {
    return field(draft).value();
  }

  private static Draft field(Draft draft) {
    return draft.dice().chance(95) ? draft.word(FIELDS) : draft.value();
  }
}
