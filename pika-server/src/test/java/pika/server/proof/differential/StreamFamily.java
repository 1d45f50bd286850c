package pika.server.proof.differential;

import java.util.List;

/**
 * Streams: https://redis.io/docs/latest/commands/?group=stream. Ids are given, mostly in part, so
 * that both servers have the same; trimming by blocks removes nothing or everything, because what a
 * block is differs.
 */
final class StreamFamily implements Family {
  private static final Agreement ABOUT = new StreamAgreement();
  private static final List<String> ODD_IDS = Dice.words("""
      0 0-0 0-1 - + $ > * ( (1 (- (+ 1- -1 1-1-1 1-x x-1 " 1-1" +1-1 01-01 1-+1 1--1 "" (0
      18446744073709551615-18446744073709551615 (18446744073709551615-18446744073709551615
      18446744073709551615 18446744073709551616 "1-1\\x00x" (0-0
      """);

  @Override
  public void addTo(Menu menu) {
    addEntries(menu);
    addReading(menu);
    addGroups(menu);
    addPending(menu);
  }

  private static void addEntries(Menu menu) {
    menu.add(80, d -> fields(d.command("XADD").key().and(newId(d)))).twist(Twist.AT_THE_END);
    menu.add(20, d -> fields(addOptions(d.command("XADD").key()).and(newId(d))))
        .twist(Twist.AT_THE_END);
    menu.add(3, d -> fields(d.command("XADD").key().and(d.oneOf(ODD_IDS).replace("*", "x"))))
        .twist(Twist.NEVER);
    menu.add(15, d -> d.command("XLEN").key());
    menu.add(15, d -> d.command("XDEL").key().times(1, 3, x -> x.and(id(d))));
    menu.add(10, d -> trim(d.command("XTRIM").key()));
    menu.add(8, StreamFamily::xsetid);
  }

  private static void addReading(Menu menu) {
    menu.add(
        20,
        d -> d.command("XRANGE").key().and(start(d), end(d)).sometimes(40, StreamFamily::count));
    menu.add(
        20,
        d -> d.command("XREVRANGE").key().and(end(d), start(d)).sometimes(40, StreamFamily::count));
    menu.add(15, d -> streams(d.command("XREAD").sometimes(40, StreamFamily::count), "$", 15));
    menu.add(2, d -> streams(d.command("XREAD").and("GROUP", "g0", "c0"), "$", 15));
    // So short that waiting for nothing takes no time.
    menu.add(4, d -> streams(d.command("XREAD", "BLOCK").word("1", "2", "-1", "x"), "$", 30))
        .twist(Twist.NEVER);
    menu.add(12, d -> d.command("XINFO", "STREAM").key().sometimes(50, StreamFamily::full))
        .agree(ABOUT);
  }

  private static void addGroups(Menu menu) {
    menu.add(
        30,
        d -> d.command("XGROUP", "CREATE")
            .key()
            .and(group(d), groupId(d))
            .sometimes(60, x -> x.word("MKSTREAM", "mkstream"))
            .sometimes(20, StreamFamily::entriesRead));
    menu.add(
        8,
        d -> d.command("XGROUP", "SETID")
            .key()
            .and(group(d), groupId(d))
            .sometimes(30, StreamFamily::entriesRead));
    menu.add(4, d -> d.command("XGROUP", "DESTROY").key().and(group(d)));
    menu.add(6, d -> d.command("XGROUP", "CREATECONSUMER").key().and(group(d), consumer(d)));
    menu.add(6, d -> d.command("XGROUP", "DELCONSUMER").key().and(group(d), consumer(d)));
    menu.add(12, d -> d.command("XINFO", "GROUPS").key()).agree(ABOUT);
    menu.add(10, d -> d.command("XINFO", "CONSUMERS").key().and(group(d))).agree(ABOUT);
  }

  private static void addPending(Menu menu) {
    menu.add(
        50,
        d -> streams(
            d.command("XREADGROUP", "GROUP", group(d), consumer(d))
                .sometimes(50, StreamFamily::count)
                .sometimes(15, x -> x.word("NOACK")),
            ">",
            70));
    menu.add(15, d -> d.command("XACK").key().and(group(d)).times(1, 3, x -> x.and(id(d))));
    menu.add(12, d -> d.command("XPENDING").key().and(group(d)));
    menu.add(20, StreamFamily::xpending).agree(ABOUT);
    menu.add(25, StreamFamily::xclaim);
    menu.add(15, StreamFamily::xautoclaim);
  }

  // ---- commands

  private static Draft addOptions(Draft draft) {
    return draft.sometimes(30, d -> d.word("NOMKSTREAM", "nomkstream")).sometimes(70, d -> trim(d));
  }

  private static Draft trim(Draft draft) {
    Dice dice = draft.dice();
    if (dice.chance(30)) {
      Draft blocks = dice.chance(50)
          ? draft.word("MAXLEN").and("~").word("0", "100000")
          : draft.word("MINID").and("~").word("0", "999999999");
      return blocks.sometimes(40, d -> d.and("LIMIT").word("0", "1000", "1000", "-1", "x"));
    }
    Draft exact = dice.chance(60)
        ? draft.word("MAXLEN", "maxlen").sometimes(30, d -> d.and("=")).and(dice.below(20))
        : draft.word("MINID", "minid").sometimes(30, d -> d.and("=")).and(id(dice));
    return exact
        .sometimes(4, d -> d.and("LIMIT").word("0", "10"))
        .sometimes(4, d -> d.word("MAXLEN", "MINID", "MAXLEN -1", "BOGUS"));
  }

  private static Draft xsetid(Dice dice) {
    return dice.command("XSETID")
        .key()
        .and(id(dice))
        .sometimes(40, d -> d.and("ENTRIESADDED").word("0", "5", "50", "-1", "x"))
        .sometimes(30, d -> d.and("MAXDELETEDID").and(id(dice)))
        .sometimes(4, d -> d.word("BOGUS", "ENTRIESADDED"));
  }

  private static Draft xpending(Dice dice) {
    return dice.command("XPENDING")
        .key()
        .and(group(dice))
        .sometimes(20, d -> d.and("IDLE").word("0", "0", "100000000", "x", "-1"))
        .and(start(dice), end(dice))
        .word("0", "1", "3", "100", "-1", "x", "10")
        .sometimes(40, d -> d.and(consumer(dice)));
  }

  private static Draft xclaim(Dice dice) {
    return dice.command("XCLAIM")
        .key()
        .and(group(dice), consumer(dice))
        .word("0", "0", "0", "100000000", "-1", "x")
        .times(1, 3, d -> d.and(id(dice)))
        .sometimes(10, d -> d.and("IDLE").word("0", "1000", "x"))
        .sometimes(10, d -> d.and("TIME").word("0", "-1", "99999"))
        .sometimes(15, d -> d.and("RETRYCOUNT").word("0", "1", "7", "x"))
        .sometimes(30, d -> d.word("FORCE", "force"))
        .sometimes(30, d -> d.word("JUSTID", "justid"))
        .sometimes(10, d -> d.and("LASTID", id(dice)))
        .sometimes(3, d -> d.word("BOGUS", "IDLE"));
  }

  private static Draft xautoclaim(Dice dice) {
    return dice.command("XAUTOCLAIM")
        .key()
        .and(group(dice), consumer(dice))
        .word("0", "0", "0", "100000000", "-1", "x")
        .and(start(dice))
        .sometimes(50, d -> d.and("COUNT").word("1", "2", "10", "0", "-1", "x"))
        .sometimes(30, d -> d.word("JUSTID"))
        .sometimes(3, d -> d.word("BOGUS", "COUNT"));
  }

  // ---- arguments

  private static Draft fields(Draft draft) {
    return draft.times(1, 3, d -> d.word("f", "g", "").and(d.dice().oneOf("v", "1", "", "\u0000")));
  }

  /** The last time always finds a sequence. */
  private static String newId(Dice dice) {
    return dice.chance(80) ? dice.between(1, 6) + "-*" : dice.between(1, 7) + "-" + dice.below(4);
  }

  private static String id(Dice dice) {
    if (dice.chance(5)) {
      return dice.oneOf(ODD_IDS);
    }
    String ms = "" + dice.between(1, 7);
    return dice.chance(90) ? ms + "-" + dice.below(8) : ms;
  }

  private static String start(Dice dice) {
    return dice.chance(40) ? "-" : dice.oneOf("", "", "(") + id(dice);
  }

  private static String end(Dice dice) {
    return dice.chance(40) ? "+" : dice.oneOf("", "", "(") + id(dice);
  }

  private static Draft count(Draft draft) {
    return draft.word("COUNT", "count").word("1", "2", "5", "100", "0", "-1", "x");
  }

  private static Draft full(Draft draft) {
    return draft
        .word("FULL", "full", "FULL", "BOGUS")
        .sometimes(50, d -> d.and("COUNT").word("0", "1", "3", "-1", "x"));
  }

  private static Draft entriesRead(Draft draft) {
    return draft.word("ENTRIESREAD").word("0", "3", "100", "-1", "-2", "x");
  }

  private static Draft streams(Draft draft, String special, int percent) {
    Dice dice = draft.dice();
    int count = dice.chance(70) ? 1 : dice.between(2, 3);
    Draft streams = draft.word("STREAMS", "streams").times(count, count, Draft::key);
    return streams.times(count, count, d -> {
      String id = id(dice);
      return d.and(dice.chance(percent) ? special : id.startsWith("+") ? "0" : id);
    });
  }

  private static String group(Dice dice) {
    return dice.oneOf("g0", "g1", "g0", "g1", "g2", "", "bin\u0000x");
  }

  private static String groupId(Dice dice) {
    return dice.chance(60) ? "0" : dice.chance(40) ? "$" : id(dice);
  }

  private static String consumer(Dice dice) {
    return dice.oneOf("c0", "c1", "c0", "c1", "c2", "", "bin\u0000");
  }
}
