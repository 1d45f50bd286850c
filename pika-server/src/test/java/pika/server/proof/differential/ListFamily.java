package pika.server.proof.differential;

import java.util.List;

/** Lists: https://redis.io/docs/latest/commands/?group=list. */
final class ListFamily implements Family {
  private static final List<String> COMMANDS = Dice.words("""
      lpush rpush lpushx rpushx lpop rpop llen lindex lrange lset linsert lrem ltrim lpos lmove
      rpoplpush lmpop blpop brpop blmove brpoplpush blmpop
      """);

  @Override
  public void addTo(Menu menu) {
    addEnds(menu);
    addMoves(menu);
    addElements(menu);
    addBlocking(menu);
    addOthers(menu);
  }

  private static void addEnds(Menu menu) {
    menu.add(60, d -> d.command("RPUSH").key().times(1, 6, ListFamily::element));
    menu.add(60, d -> d.command("LPUSH").key().times(1, 6, ListFamily::element));
    menu.add(12, d -> d.command(d.oneOf("LPUSH", "RPUSH")).key().times(30, 200, Draft::few));
    menu.add(15, d -> d.command("RPUSHX").key().times(1, 3, ListFamily::element));
    menu.add(15, d -> d.command("LPUSHX").key().times(1, 3, ListFamily::element));
    menu.add(25, d -> d.command("LPOP").key().sometimes(40, ListFamily::count));
    menu.add(25, d -> d.command("RPOP").key().sometimes(40, ListFamily::count));
    menu.add(15, d -> d.command("LLEN").key());
  }

  private static void addMoves(Menu menu) {
    menu.add(25, d -> d.command("LMOVE").key().key().times(2, 2, ListFamily::end));
    menu.add(15, d -> d.command("RPOPLPUSH").key().key());
    menu.add(25, ListFamily::lmpop);
  }

  /** With times so short that those who find nothing don't hold up the story. */
  private static void addBlocking(Menu menu) {
    menu.add(8, d -> timeout(d.command("BLPOP").keys(3))).twist(Twist.NEVER);
    menu.add(8, d -> timeout(d.command("BRPOP").keys(3))).twist(Twist.NEVER);
    menu.add(5, d -> timeout(d.command("BRPOPLPUSH").key().key())).twist(Twist.NEVER);
    menu.add(5, d -> timeout(d.command("BLMOVE").key().key().times(2, 2, ListFamily::end)))
        .twist(Twist.NEVER);
    menu.add(8, ListFamily::blmpop).twist(Twist.NEVER);
  }

  private static Draft blmpop(Dice dice) {
    List<Object> nonBlocking = lmpop(dice).words();
    return timeout(dice.command("BLMPOP"))
        .and(nonBlocking.subList(1, nonBlocking.size()).toArray());
  }

  private static Draft timeout(Draft draft) {
    return draft.word("0.01", "0.001", "1e-3", "0.0001", "0x0.01p0", "-1", "abc", "", "inf");
  }

  private static void addElements(Menu menu) {
    menu.add(20, d -> d.command("LINDEX").key().and(index(d)));
    menu.add(30, d -> d.command("LRANGE").key().and(index(d), index(d)));
    menu.add(20, d -> d.command("LSET").key().and(index(d)).value());
    menu.add(12, d -> d.command("LTRIM").key().and(index(d), index(d)));
    menu.add(
        25,
        d -> element(element(d.command("LINSERT").key().word("BEFORE", "after", "AFTER", "NEAR"))));
    menu.add(25, d -> element(d.command("LREM").key().and(index(d))));
    menu.add(30, ListFamily::lpos).twist(Twist.AT_THE_END);
  }

  /** What changes the form of lists: everything in a record, in many leaves, and all between. */
  private static void addOthers(Menu menu) {
    menu.addStep(15, ListFamily::underTinyThresholds);
    menu.add(2, d -> d.command("COMMAND", "INFO").word(COMMANDS))
        .agree(Agreement.COMMAND_ROWS)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("COMMAND", "GETKEYS").and(lmpop(d).words().toArray()))
        .twist(Twist.NEVER);
  }

  private static UnderTinyThresholds underTinyThresholds(Dice dice) {
    List<String> settings = List.of(
        "list-max-listpack-size",
        dice.oneOf("0", "1", "3", "10", "40", "-1", "-5"),
        "collection-max-packed-size",
        dice.oneOf("0", "20", "8192"));
    return UnderTinyThresholds.draw(dice, settings, ListFamily::change);
  }

  private static Draft change(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> dice.command("LTRIM").key().and(index(dice), index(dice));
      case 1 -> element(element(dice.command("LINSERT").key().word("BEFORE", "AFTER")));
      case 2 -> dice.command("LSET").key().and(index(dice)).value();
      case 3 -> dice.command(dice.oneOf("LPUSH", "RPUSH")).key().times(10, 60, Draft::few);
      default -> dice.command(dice.oneOf("LPUSH", "RPUSH")).key().times(1, 6, ListFamily::element);
    };
  }

  private static Draft lmpop(Dice dice) {
    int keys = dice.between(1, 3);
    return end(dice.command("LMPOP")
            .and(
                dice.chance(95)
                    ? "" + keys
                    : dice.oneOf("0", "-1", "x", "9", "9223372036854775807"))
            .times(keys, keys, Draft::key))
        .sometimes(50, d -> count(d.word("COUNT", "count")))
        .sometimes(4, d -> d.word("COUNT", "BOGUS"));
  }

  private static Draft lpos(Dice dice) {
    return element(dice.command("LPOS").key())
        .sometimes(50, d -> d.word("RANK", "rank").word("1", "2", "-1", "-2", "5", "0", "x"))
        .sometimes(50, d -> d.word("COUNT", "count").word("0", "1", "2", "100", "-1", "x"))
        .sometimes(30, d -> d.word("MAXLEN").word("0", "1", "3", "20", "-1", "x"))
        .sometimes(4, d -> d.word("RANK", "BOGUS"));
  }

  private static Draft end(Draft draft) {
    return draft.word("LEFT", "RIGHT", "left", "right");
  }

  /** Mostly one of a few, so that searches find something. */
  private static Draft element(Draft draft) {
    return draft.dice().chance(70) ? draft.few() : draft.value();
  }

  private static Draft count(Draft draft) {
    return draft.dice().chance(80) ? draft.and(draft.dice().below(12)) : draft.integer();
  }

  /** Lists seldom have more elements than a hundred. */
  private static String index(Dice dice) {
    return dice.chance(70) ? "" + dice.between(-12, 12) : dice.index();
  }
}
