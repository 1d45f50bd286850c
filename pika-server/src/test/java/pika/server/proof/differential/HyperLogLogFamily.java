package pika.server.proof.differential;

/**
 * HyperLogLogs, which are strings: https://redis.io/docs/latest/commands/?group=hyperloglog. Other
 * families' commands compare and damage their bytes.
 */
final class HyperLogLogFamily implements Family {
  @Override
  public void addTo(Menu menu) {
    menu.add(30, d -> d.command("PFADD").key().times(0, 4, Draft::value));
    menu.add(15, d -> many(d.command("PFADD").key(), 60));
    menu.add(4, d -> many(d.command("PFADD").key(), 1500));
    menu.add(20, d -> d.command("PFCOUNT").key());
    menu.add(10, d -> d.command("PFCOUNT").keys(4));
    menu.add(15, d -> d.command("PFMERGE").key().times(0, 3, Draft::key));
    menu.add(6, d -> d.command("PFDEBUG").word("DECODE", "encoding").key());
    menu.add(3, d -> d.command("PFDEBUG").word("TODENSE", "GETREG", "bogus").key());
    menu.add(2, d -> d.command("SET").key().word("HYLL", "HYLL\u0001aaaaaaaaaaaaaaaaaaaaaa"));
  }

  private static Draft many(Draft draft, int most) {
    return draft.times(1, most, d -> d.and("e" + d.dice().below(4000)));
  }
}
