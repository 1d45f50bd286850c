package pika.server.proof.differential;

import java.util.List;

/** Sets: https://redis.io/docs/latest/commands/?group=set. */
final class SetFamily implements Family {
  private static final List<String> MEMBERS = Dice.words("""
      0 1 2 3 -1 -0 007 +1 9223372036854775807 9223372036854775808 -9223372036854775808
      m0 m1 m2 "" "bin\\x00\\r\\n\\xff"
      a-member-that-is-so-long-that-it-does-not-fit-into-a-small-set-of-redis-any-more
      """);
  private static final int MANY = 600;

  @Override
  public void addTo(Menu menu) {
    menu.add(45, SetFamily::sadd);
    menu.add(15, d -> d.command("SREM").key().times(1, 4, SetFamily::member));
    menu.add(12, d -> member(d.command("SISMEMBER").key()));
    menu.add(10, d -> d.command("SMISMEMBER").key().times(1, 4, SetFamily::member));
    menu.add(10, d -> d.command("SCARD").key());
    menu.add(12, d -> d.command("SMEMBERS").key()).agree(Agreement.UNORDERED);
    menu.add(12, d -> member(d.command("SMOVE").key().key()));
    menu.addStep(10, RandomDraw::members);
    menu.addStep(10, Pop::draw);
    menu.addStep(8, FullScan::members);
    menu.add(3, d -> d.command("SSCAN").key().word("0", "abc", "").word("COUNT", "TYPE", "X"))
        .twist(Twist.NEVER);
    addAlgebra(menu);
    menu.addStep(10, SetFamily::underTinyThresholds);
    menu.add(1, SetFamily::saddMany);
  }

  private static void addAlgebra(Menu menu) {
    menu.add(12, d -> d.command("SINTER").keys(3)).agree(Agreement.UNORDERED);
    menu.add(12, d -> d.command("SUNION").keys(3)).agree(Agreement.UNORDERED);
    menu.add(12, d -> d.command("SDIFF").keys(3)).agree(Agreement.UNORDERED);
    menu.add(10, d -> d.command("SINTERSTORE").key().keys(3));
    menu.add(10, d -> d.command("SUNIONSTORE").key().keys(3));
    menu.add(10, d -> d.command("SDIFFSTORE").key().keys(3));
    menu.add(10, SetFamily::sintercard);
  }

  private static Draft sintercard(Dice dice) {
    return dice.command("SINTERCARD")
        .word("1", "2", "2", "3", "0", "-1", "x")
        .times(1, 3, Draft::key)
        .sometimes(40, d -> d.word("LIMIT", "limit").word("0", "1", "2", "100", "-1", "x"))
        .sometimes(5, d -> d.word("LIMIT", "BOGUS"));
  }

  private static Draft sadd(Dice dice) {
    return dice.command("SADD").key().times(1, 5, SetFamily::member);
  }

  private static Draft saddMany(Dice dice) {
    return dice.command("SADD").key().times(MANY, MANY, d -> d.and("" + d.dice().below(2 * MANY)));
  }

  private static UnderTinyThresholds underTinyThresholds(Dice dice) {
    List<String> settings = List.of(
        "set-max-intset-entries",
        "" + dice.below(5),
        "set-max-listpack-entries",
        "" + dice.below(5),
        "collection-max-packed-size",
        dice.oneOf("0", "20", "8192"));
    return UnderTinyThresholds.draw(dice, settings, SetFamily::sadd);
  }

  private static Draft member(Draft draft) {
    return draft.dice().chance(90) ? draft.word(MEMBERS) : draft.value();
  }
}
