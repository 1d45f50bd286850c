package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import pika.server.proof.Command;

/** Sorted sets: https://redis.io/docs/latest/commands/?group=sorted-set. */
final class ZSetFamily implements Family {
  private static final List<String> SCORES = Dice.words("""
      0 1 2 3 4 5 -1 -2 10 100 0.1 1.5 -1.5 3.0 0 1 2 3 4 5 -0 1e308 -1e308 inf -inf +inf 1e17
      123456789012345678 4611686018427387904 1e-5 0x10 5e-324 infinity .5
      """);
  private static final List<String> NO_SCORES =
      Dice.words("nan \"\" \" 1\" \"1 \" 1e400 abc (1 1e");
  private static final List<String> MEMBERS = Dice.words("""
      a b c d e f g h i j aa ab b1 b2 1 2 3 10 -1 1.5 foo "" "\\x00" "\\xff" "a\\x00" "a\\xff" A
      """);
  private static final List<String> SCORE_BOUNDS = Dice.words("""
      -inf +inf inf (inf (-inf 0 1 2 3 (0 (1 (2 (3 (4 5 10 (-1 -1 1.5 (1.5 0.1 (0.1 -0 (-0 1e17
      1e308 (1e308 "" ( " 1" "( 1" 1e400 -1e400 0x10 nan (nan abc "1 " "1\\x00x" [1 + -
      """);
  private static final List<String> MEMBER_BOUNDS = Dice.words("""
      - + [a (a [b (b [c (c [f (f [aa (aa [ab [ ( "[\\xff" "(\\xff" "[\\x00" "(a\\x00" [z (0
      """);
  private static final List<String> NO_MEMBER_BOUNDS =
      Dice.words("a 1 \"\" -a ++ inf {a \"-\\x00\"");

  @Override
  public void addTo(Menu menu) {
    addWrites(menu);
    addReads(menu);
    addRanges(menu);
    addOperations(menu);
    menu.addStep(25, ZSetFamily::equalScores);
    menu.addStep(25, ZSetFamily::underLimit);
    menu.addStep(3, ZSetFamily::many);
  }

  private static void addWrites(Menu menu) {
    menu.add(60, d -> d.command("ZADD").key().times(1, 5, ZSetFamily::pair));
    menu.add(40, ZSetFamily::zaddWithOptions);
    menu.add(20, d -> scoreOf(d.command("ZINCRBY").key()).and(member(d)));
    menu.add(20, d -> d.command("ZREM").key().times(1, 3, m -> m.and(member(d))));
    menu.add(12, d -> d.command("ZREMRANGEBYRANK").key().and(rank(d), rank(d)));
    menu.add(12, d -> d.command("ZREMRANGEBYSCORE").key().and(bound(d), bound(d)));
    menu.add(3, d -> d.command("ZREMRANGEBYLEX").key().word(NO_MEMBER_BOUNDS).word(MEMBER_BOUNDS));
    menu.add(12, d -> d.command("ZPOPMIN").key().sometimes(60, ZSetFamily::count));
    menu.add(12, d -> d.command("ZPOPMAX").key().sometimes(60, ZSetFamily::count));
    menu.add(15, d -> zmpop(d.command("ZMPOP"), d));
    // The timeout is so short that waiting for nothing takes no time.
    menu.add(6, d -> zmpop(d.command("BZMPOP").word("0.002", "x", "-1"), d)).twist(Twist.NEVER);
    menu.add(8, d -> d.command(d.oneOf("BZPOPMIN", "BZPOPMAX")).keys(3).word("0.002", "x", "-1"))
        .twist(Twist.NEVER);
  }

  private static void addReads(Menu menu) {
    menu.add(15, d -> d.command("ZSCORE").key().and(member(d)));
    menu.add(12, d -> d.command("ZMSCORE").key().times(1, 4, m -> m.and(member(d))));
    menu.add(10, d -> d.command("ZCARD").key());
    menu.add(20, d -> d.command("ZCOUNT").key().and(bound(d), bound(d)));
    menu.add(10, d -> d.command("ZRANK").key().and(member(d))).twist(Twist.NEVER);
    menu.add(10, d -> d.command("ZREVRANK").key().and(member(d))).twist(Twist.NEVER);
    menu.add(6, d -> d.command("ZLEXCOUNT").key().and(lexBound(d), lexBound(d)))
        .agree(Agreement.SAME_KIND);
    menu.add(8, d -> d.command("ZRANDMEMBER").key()).agree(Agreement.SAME_KIND);
    menu.add(8, d -> d.command("ZRANDMEMBER").key().word("1", "-3", "2", "x"))
        .agree(Agreement.SAME_KIND);
    menu.add(
            8,
            d -> d.command("ZRANDMEMBER")
                .key()
                .word("0", "1000", "4611686018427387904", "-9223372036854775808", "")
                .sometimes(50, s -> s.word("WITHSCORES", "withscores", "WITHSCORE")))
        .agree(Agreement.UNORDERED);
    menu.addStep(8, FullScan::scores);
    menu.add(6, d -> d.command("ZSCAN").key().word("0", "x", "-1x"))
        .agree(Agreement.SAME_KIND)
        .twist(Twist.NEVER);
    menu.add(
            6,
            d ->
                d.command("ZSCAN").key().and("0").word("COUNT", "MATCH", "TYPE").word("0", "x"))
        .agree(Agreement.SAME_KIND)
        .twist(Twist.NEVER);
  }

  private static void addRanges(Menu menu) {
    menu.add(
        25, d -> d.command("ZRANGE").key().and(rank(d), rank(d)).sometimes(50, d2 -> scores(d2)));
    menu.add(40, d -> range(d.command("ZRANGE").key(), d).sometimes(40, d2 -> scores(d2)));
    menu.add(20, d -> range(d.command("ZRANGESTORE").key().key(), d));
    menu.add(
        12,
        d -> d.command("ZREVRANGE").key().and(rank(d), rank(d)).sometimes(50, d2 -> scores(d2)));
    menu.add(25, d -> byScore(d.command("ZRANGEBYSCORE").key(), d));
    menu.add(25, d -> byScore(d.command("ZREVRANGEBYSCORE").key(), d));
    menu.add(5, d -> byMember(d.command("ZRANGEBYLEX").key(), d)).agree(Agreement.SAME_KIND);
    menu.add(5, d -> byMember(d.command("ZREVRANGEBYLEX").key(), d)).agree(Agreement.SAME_KIND);
  }

  private static void addOperations(Menu menu) {
    for (String name : List.of("ZUNION", "ZINTER", "ZDIFF")) {
      boolean weighted = !name.equals("ZDIFF");
      menu.add(15, d -> operation(d.command(name), d, weighted).sometimes(50, s -> scores(s)));
      menu.add(15, d -> operation(d.command(name + "STORE").key(), d, weighted));
    }
    menu.add(
        12,
        d -> operation(d.command("ZINTERCARD"), d, false)
            .sometimes(50, s -> s.and("LIMIT").word("0", "1", "2", "-1", "x")));
  }

  // ---- parts of commands

  private static Draft pair(Draft draft) {
    return scoreOf(draft).and(member(draft.dice()));
  }

  private static Draft scoreOf(Draft draft) {
    return draft.word(draft.dice().chance(3) ? NO_SCORES : SCORES);
  }

  private static Object member(Dice dice) {
    return dice.chance(96) ? dice.oneOf(MEMBERS) : dice.value();
  }

  private static String rank(Dice dice) {
    return dice.chance(95) ? "" + dice.between(-12, 12) : dice.integer();
  }

  private static String bound(Dice dice) {
    return dice.oneOf(SCORE_BOUNDS);
  }

  private static String lexBound(Dice dice) {
    return dice.oneOf(dice.chance(90) ? MEMBER_BOUNDS : NO_MEMBER_BOUNDS);
  }

  private static Draft scores(Draft draft) {
    return draft.word("WITHSCORES", "withscores");
  }

  private static Draft count(Draft draft) {
    return draft.word("0", "1", "2", "3", "5", "1000", "-1", "x", "1 ");
  }

  private static Draft limit(Draft draft) {
    return draft
        .word("LIMIT", "limit")
        .word("0", "0", "1", "2", "5", "-1", "x")
        .word("1", "2", "3", "0", "-1", "100", "-5", "9223372036854775807");
  }

  private static Draft zaddWithOptions(Dice dice) {
    return dice.command("ZADD")
        .key()
        .sometimes(40, d -> d.word("NX", "XX", "nx", "xx"))
        .sometimes(40, d -> d.word("GT", "LT", "gt", "lt"))
        .sometimes(40, d -> d.word("CH", "ch"))
        .sometimes(30, d -> d.word("INCR", "incr"))
        .sometimes(5, d -> d.word("NX", "LT", "BOGUS"))
        .times(1, dice.chance(70) ? 1 : 4, ZSetFamily::pair);
  }

  private static Draft zmpop(Draft draft, Dice dice) {
    int keys = dice.between(1, 3);
    return draft
        .and(dice.chance(95) ? keys : dice.between(-1, 5))
        .times(keys, keys, Draft::key)
        .word("MIN", "MAX", "min", "max")
        .sometimes(60, d -> count(d.word("COUNT", "count")));
  }

  private static Draft range(Draft draft, Dice dice) {
    boolean byScore = dice.chance(60);
    Draft ends = byScore ? draft.and(bound(dice), bound(dice)) : draft.and(rank(dice), rank(dice));
    return ends.sometimes(byScore ? 95 : 5, d -> d.word("BYSCORE", "byscore"))
        .sometimes(40, d -> d.word("REV", "rev"))
        .sometimes(byScore ? 40 : 5, ZSetFamily::limit);
  }

  private static Draft byScore(Draft draft, Dice dice) {
    return draft
        .and(bound(dice), bound(dice))
        .sometimes(50, ZSetFamily::scores)
        .sometimes(40, ZSetFamily::limit)
        .sometimes(3, d -> d.word("REV", "BYSCORE", "BYLEX"));
  }

  private static Draft byMember(Draft draft, Dice dice) {
    return draft
        .and(lexBound(dice), lexBound(dice))
        .sometimes(40, ZSetFamily::limit)
        .sometimes(3, d -> d.word("REV", "BYSCORE", "WITHSCORES"));
  }

  private static Draft operation(Draft draft, Dice dice, boolean weighted) {
    int keys = dice.between(1, 4);
    Draft operands =
        draft.and(dice.chance(96) ? keys : dice.between(-1, 6)).times(keys, keys, Draft::key);
    if (!weighted) {
      return operands;
    }
    return operands
        .sometimes(40, d -> scoreWeights(d, keys))
        .sometimes(50, d -> d.word("AGGREGATE", "aggregate").word("SUM", "MIN", "MAX", "min", "x"));
  }

  private static Draft scoreWeights(Draft draft, int keys) {
    return draft
        .word("WEIGHTS", "weights")
        .times(keys, keys, d -> d.word("1", "2", "0", "-1", "0.5", "inf", "-inf", "1e308", "x"));
  }

  // ---- commands that belong together

  /** Ranges of members are defined only where all scores are equal. */
  private static InARow equalScores(Dice dice) {
    String key = dice.key();
    String score = dice.oneOf(SCORES);
    List<Command> commands = new ArrayList<>(List.of(Command.of("DEL", key)));
    Draft add = dice.command("ZADD").and(key);
    commands.add(add.times(1, 12, d -> d.and(score, member(dice))).command());
    for (int i = dice.between(1, 6); i > 0; i--) {
      commands.add(lexCommand(dice, key).command());
    }
    return InARow.of(commands);
  }

  private static Draft lexCommand(Dice dice, String key) {
    return switch (dice.below(8)) {
      case 0 -> dice.command("ZLEXCOUNT").and(key, lexBound(dice), lexBound(dice));
      case 1, 2 -> byMember(dice.command("ZRANGEBYLEX").and(key), dice);
      case 3, 4 -> byMember(dice.command("ZREVRANGEBYLEX").and(key), dice);
      case 5 -> dice.command("ZREMRANGEBYLEX").and(key, lexBound(dice), lexBound(dice));
      case 6 -> lexRange(dice.command("ZRANGESTORE", key, key), dice);
      default -> lexRange(dice.command("ZRANGE", key), dice);
    };
  }

  private static Draft lexRange(Draft draft, Dice dice) {
    return draft
        .and(lexBound(dice), lexBound(dice))
        .word("BYLEX", "bylex")
        .sometimes(40, d -> d.word("REV", "rev"))
        .sometimes(40, ZSetFamily::limit);
  }

  /**
   * A few commands while sets are small only up to a few short members. What SORT has made large in
   * Redis is made small before, by the limit under which ours was.
   */
  private static InARow underLimit(Dice dice) {
    String setting = dice.oneOf("zset-max-listpack-entries", "zset-max-ziplist-entries");
    String key = dice.key();
    List<Step> steps = new ArrayList<>();
    for (int i = dice.between(1, 5); i > 0; i--) {
      steps.add(ask(changeOf(dice, key).command()));
      steps.add(new ObjectEncoding(key));
    }
    List<String> settings = List.of(setting, dice.oneOf("0", "1", "3", "6"));
    return new InARow(
        List.of(new ObjectEncoding(key), new UnderTinyThresholds(settings, List.copyOf(steps))));
  }

  private static Ask ask(Command command) {
    return new Ask(command, Agreement.EXACT);
  }

  private static Draft changeOf(Dice dice, String key) {
    return switch (dice.below(5)) {
      case 0 -> operation(dice.command("ZUNIONSTORE", key), dice, true);
      case 1 -> range(dice.command("ZRANGESTORE").and(key).key(), dice);
      case 2 -> dice.command("ZREM").and(key, member(dice));
      default -> dice.command("ZADD").and(key).times(1, 4, ZSetFamily::pair);
    };
  }

  /** More members than are small, so many that they are in rows and their order in several runs. */
  private static InARow many(Dice dice) {
    String key = dice.key();
    List<Command> commands = new ArrayList<>(List.of(Command.of("DEL", key)));
    for (int i = dice.between(2, 6); i > 0; i--) {
      Draft add = dice.command("ZADD").and(key);
      for (int j = 0; j < 200; j++) {
        add.and(dice.below(300), "m" + dice.below(2000));
      }
      commands.add(add.command());
    }
    for (int i = 0; i < 12; i++) {
      String from = "" + dice.between(-20, 320);
      String to = "" + dice.between(-20, 320);
      String rank = "" + dice.between(-900, 900);
      commands.add(Command.of("ZRANGE", key, rank, dice.between(-900, 900), "WITHSCORES"));
      commands.add(Command.of("ZREVRANGE", key, rank, dice.between(-900, 900)));
      commands.add(Command.of("ZCOUNT", key, from, to));
      commands.add(Command.of("ZRANGE", key, from, to, "BYSCORE", "LIMIT", dice.below(50), 20));
      commands.add(Command.of("ZRANGE", key, to, from, "BYSCORE", "REV", "LIMIT", 2, 300));
      commands.add(Command.of("ZRANK", key, "m" + dice.below(2000)));
      commands.add(Command.of("ZREVRANK", key, "m" + dice.below(2000)));
      commands.add(Command.of("ZREM", key, "m" + dice.below(2000), "m" + dice.below(2000)));
    }
    commands.add(Command.of("ZREMRANGEBYRANK", key, dice.below(400), dice.between(-200, 400)));
    commands.add(Command.of("ZREMRANGEBYSCORE", key, dice.below(300), dice.below(300)));
    commands.add(Command.of("ZPOPMAX", key, dice.below(300)));
    commands.add(Command.of("ZRANGE", key, 0, -1, "WITHSCORES"));
    return InARow.of(commands);
  }
}
