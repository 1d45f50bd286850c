package pika.server.proof.differential;

/** Strings: https://redis.io/docs/latest/commands/?group=string. */
final class StringFamily implements Family {
  private static final int MOST_OFFSET = 400_000;

  @Override
  public void addTo(Menu menu) {
    menu.add(60, d -> d.command("SET").key().value());
    menu.add(50, StringFamily::setWithOptions).twist(Twist.AT_THE_END);
    menu.add(20, d -> d.command("SETNX").key().value());
    menu.add(15, d -> d.command("SETEX").key().and(d.seconds()).value()).twist(Twist.AT_THE_END);
    menu.add(15, d -> d.command("PSETEX").key().and(d.millis()).value()).twist(Twist.AT_THE_END);
    menu.add(20, d -> d.command("MSET").times(1, 4, pair -> pair.key().value()));
    menu.add(20, d -> d.command("MSETNX").times(1, 3, pair -> pair.key().value()));

    menu.add(40, d -> d.command("GET").key());
    menu.add(25, d -> d.command("MGET").keys(6));
    menu.add(30, StringFamily::getex).twist(Twist.AT_THE_END);
    menu.add(20, d -> d.command("GETDEL").key());
    menu.add(20, d -> d.command("GETSET").key().value());
    menu.add(25, d -> d.command("STRLEN").key());
    menu.add(30, d -> d.command("GETRANGE").key().index().index());
    menu.add(8, d -> d.command("SUBSTR").key().index().index());

    menu.add(40, d -> d.command("APPEND").key().value());
    menu.add(40, d -> d.command("SETRANGE").key().offset(MOST_OFFSET).value());
    menu.add(5, d -> d.command("SETRANGE").key().word("536870911", "536870912").and("xx"))
        .twist(Twist.NEVER);
    menu.add(25, d -> d.command("INCR").key());
    menu.add(20, d -> d.command("DECR").key());
    menu.add(25, d -> d.command("INCRBY").key().integer());
    menu.add(20, d -> d.command("DECRBY").key().integer());
    menu.add(30, d -> d.command("INCRBYFLOAT").key().and(d.floatingPoint()));
    menu.add(15, StringFamily::lcs);
  }

  private static Draft setWithOptions(Dice dice) {
    return dice.command("SET")
        .key()
        .value()
        .sometimes(50, Draft::deadline)
        .sometimes(40, d -> d.word("NX", "XX", "nx", "xx"))
        .sometimes(30, d -> d.word("GET", "get"))
        .sometimes(20, d -> d.word("KEEPTTL", "keepttl"))
        .sometimes(5, Draft::deadline)
        .sometimes(5, d -> d.word("NX", "XX", "GET", "EX", "BOGUS"));
  }

  private static Draft getex(Dice dice) {
    return dice.command("GETEX")
        .key()
        .sometimes(70, Draft::deadline)
        .sometimes(25, d -> d.word("PERSIST", "persist"))
        .sometimes(5, d -> d.word("KEEPTTL", "NX", "BOGUS"));
  }

  private static Draft lcs(Dice dice) {
    return dice.command("LCS")
        .key()
        .key()
        .sometimes(30, d -> d.word("LEN", "len"))
        .sometimes(50, d -> d.word("IDX", "idx"))
        .sometimes(30, d -> d.word("MINMATCHLEN").word("0", "1", "4", "-3", "abc"))
        .sometimes(40, d -> d.word("WITHMATCHLEN"));
  }
}
