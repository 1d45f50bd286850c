package pika.server.proof.differential;

import java.util.List;
import pika.server.proof.Notation;

/** Keys of any type and their expiry: https://redis.io/docs/latest/commands/?group=generic. */
final class KeyFamily implements Family {
  static final List<String> GLOBS = Dice.words("""
      * k* k? k[0-2] k[^1] [kK]0 \\* k\\0 [ k[0- k[] ** *[[]* bin* "" k[2-0] *x k[^
      """);

  private static final byte[] DUMP_OF_A_STRING =
      Notation.bytes("\0\u0003bar\n\0\u00e6\u00beI`\u00eef\u00fd\u0017");

  private static final Agreement SECONDS = Agreement.near(2);
  private static final Agreement MILLIS = Agreement.near(2000);

  @Override
  public void addTo(Menu menu) {
    addExistence(menu);
    addExpiry(menu);
    addMoves(menu);
    addDumps(menu);
    addSearches(menu);
  }

  private static void addExistence(Menu menu) {
    menu.add(15, d -> d.command("DEL").keys(3));
    menu.add(10, d -> d.command("UNLINK").keys(3));
    menu.add(15, d -> d.command("EXISTS").keys(4));
    menu.add(8, d -> d.command("TOUCH").keys(3));
    menu.add(12, d -> d.command("TYPE").key());
    menu.addStep(8, d -> new Eventually(d.command("DBSIZE").command(), Agreement.EXACT));
    menu.addStep(12, d -> new ObjectEncoding(d.key()));
    menu.add(4, d -> d.command("OBJECT").word("IDLETIME", "REFCOUNT").key())
        .agree(Agreement.SAME_KIND);
    menu.add(
        3, d -> d.command("OBJECT").word("FREQ", "ENCODINGS", "", "encoding\n").key());
    menu.add(1, d -> d.command("OBJECT", "HELP")).agree(Agreement.SAME_KIND).twist(Twist.NEVER);
  }

  private static void addExpiry(Menu menu) {
    menu.add(15, d -> expire(d.command("EXPIRE").key().and(d.seconds()))).twist(Twist.AT_THE_END);
    menu.add(15, d -> expire(d.command("PEXPIRE").key().and(d.millis()))).twist(Twist.AT_THE_END);
    menu.add(12, d -> expire(d.command("EXPIREAT").key().and(d.unixSeconds())))
        .twist(Twist.AT_THE_END);
    menu.add(12, d -> expire(d.command("PEXPIREAT").key().and(d.unixMillis())))
        .twist(Twist.AT_THE_END);
    menu.add(15, d -> d.command("TTL").key()).agree(SECONDS);
    menu.add(15, d -> d.command("PTTL").key()).agree(MILLIS);
    menu.add(8, d -> d.command("EXPIRETIME").key()).agree(SECONDS);
    menu.add(8, d -> d.command("PEXPIRETIME").key()).agree(MILLIS);
    menu.add(12, d -> d.command("PERSIST").key());
    menu.addStep(6, ShortLife::draw);
  }

  private static Draft expire(Draft draft) {
    return draft
        .sometimes(50, d -> d.word("NX", "XX", "GT", "LT", "gt", "lt"))
        .sometimes(8, d -> d.word("NX", "XX", "GT", "LT", "BOGUS"));
  }

  private static void addMoves(Menu menu) {
    menu.add(12, d -> d.command("RENAME").key().key());
    menu.add(10, d -> d.command("RENAMENX").key().key());
    menu.add(20, d -> d.command("COPY").key().key().sometimes(50, KeyFamily::copyOptions));
    menu.add(12, d -> d.command("MOVE").key().and(d.database()));
  }

  private static void addDumps(Menu menu) {
    menu.addStep(12, DumpExchange::draw);
    menu.add(
        3,
        d -> d.command("RESTORE")
            .key()
            .and(d.millis())
            .value()
            .sometimes(50, KeyFamily::restoreOptions));
    menu.add(
            3,
            d -> d.command("RESTORE")
                .key()
                .and(d.millis())
                .and(DUMP_OF_A_STRING)
                .sometimes(80, KeyFamily::restoreOptions))
        .twist(Twist.AT_THE_END);
  }

  private static Draft restoreOptions(Draft draft) {
    return draft
        .sometimes(70, d -> d.word("REPLACE", "replace"))
        .sometimes(30, d -> d.word("ABSTTL"))
        .sometimes(20, d -> d.and("IDLETIME").word("0", "100", "-1", "abc", ""))
        .sometimes(20, d -> d.and("FREQ").word("0", "255", "256", "-1", "abc"))
        .sometimes(5, d -> d.word("BOGUS", "FREQ", "IDLETIME"));
  }

  private static Draft copyOptions(Draft draft) {
    return draft
        .sometimes(70, d -> d.word("DB", "db").and(d.dice().database()))
        .sometimes(60, d -> d.word("REPLACE", "replace"))
        .sometimes(5, d -> d.word("DB", "BOGUS", "REPLACE"));
  }

  private static void addSearches(Menu menu) {
    menu.add(8, d -> d.command("KEYS").word(GLOBS)).agree(Agreement.UNORDERED);
    menu.addStep(8, FullScan::keys);
    menu.add(5, d -> d.command("SCAN").word("abc", "-1x", "18446744073709551616", " 0", "1.0"))
        .twist(Twist.NEVER);
    menu.add(5, d -> d.command("SCAN", "0").word("COUNT", "MATCH", "TYPE", "BOGUS"))
        .twist(Twist.NEVER);
    menu.add(5, d -> d.command("SCAN", "0", "COUNT").word("0", "-1", "x", "1.5", ""))
        .twist(Twist.NEVER);
    menu.addStep(6, d -> new RandomKey());
    menu.add(5, d -> d.command("MEMORY", "USAGE").key().sometimes(30, KeyFamily::samples))
        .agree(Agreement.SIZE_OR_NIL);
    menu.add(2, d -> d.command("WAIT", "0").word("0", "1", "-1", "x")).twist(Twist.NEVER);
  }

  private static Draft samples(Draft draft) {
    return draft.and("SAMPLES").word("0", "5", "-1", "x");
  }
}
