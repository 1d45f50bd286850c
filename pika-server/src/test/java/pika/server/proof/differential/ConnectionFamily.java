package pika.server.proof.differential;

/** The connection itself: https://redis.io/docs/latest/commands/?group=connection. */
final class ConnectionFamily implements Family {
  private static final Agreement HELLO = Agreement.mapBut("version", "id");

  @Override
  public void addTo(Menu menu) {
    menu.add(10, d -> d.command("PING").sometimes(50, Draft::value));
    menu.add(10, d -> d.command("ECHO").value());
    menu.add(30, d -> d.command("SELECT").and(d.database()));
    menu.add(5, d -> d.command("HELLO").sometimes(80, ConnectionFamily::hello)).agree(HELLO);
    menu.add(3, d -> d.command("AUTH").times(1, 2, a -> a.word("default", "secret", "")));
    menu.add(2, d -> d.command("RESET"));
    menu.addStep(1, d -> new Farewell());
    addClient(menu);
  }

  private static Draft hello(Draft draft) {
    return draft
        .word("2", "3", "3", "1", "4", "x", "")
        .sometimes(20, d -> d.and("AUTH").word("default", "nobody").word("secret", ""))
        .sometimes(30, d -> d.and("SETNAME").word("me", "with space", "", "line\n"))
        .sometimes(5, d -> d.word("SETNAME", "AUTH", "BOGUS"));
  }

  private static void addClient(Menu menu) {
    menu.add(4, d -> d.command("CLIENT", "SETNAME").word("a", "bob", "", "a b", "x\n", "\u00e9"));
    menu.add(6, d -> d.command("CLIENT").word("GETNAME", "getname", "GETNAMES", ""));
    menu.add(3, d -> d.command("CLIENT", "ID")).agree(Agreement.SAME_KIND).twist(Twist.NEVER);
    menu.add(4, d -> d.command("CLIENT", "INFO")).agree(Agreement.CLIENT_LINES).twist(Twist.NEVER);
    menu.add(3, d -> d.command("CLIENT", "LIST").word("BOGUS", "ID", "TYPE")).twist(Twist.NEVER);
    menu.add(3, d -> d.command("CLIENT", "LIST", "ID").word("999999999", "x", "-1", "0"))
        .twist(Twist.NEVER);
    menu.add(3, d -> d.command("CLIENT", "LIST", "TYPE").word("pubsub", "REPLICA", "bogus"))
        .twist(Twist.NEVER);
    menu.add(5, ConnectionFamily::kill).twist(Twist.NEVER);
    menu.add(3, d -> d.command("CLIENT", "REPLY").word("ON", "on", "MAYBE")).twist(Twist.NEVER);
    menu.add(2, d -> d.command("CLIENT", "PAUSE").word("0", "-1", "x", "")).twist(Twist.NEVER);
    menu.add(2, d -> d.command("CLIENT", "PAUSE", "0").word("WRITE", "ALL", "SOME"))
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("CLIENT", "UNPAUSE")).twist(Twist.NEVER);
    menu.add(
            2,
            d -> d.command("CLIENT", "UNBLOCK")
                .word("999999999", "x", "-1")
                .sometimes(50, c -> c.word("ERROR", "timeout", "never"))
                .sometimes(20, c -> c.and("now")))
        .twist(Twist.NEVER);
    menu.add(3, d -> d.command("CLIENT", "NO-EVICT").word("ON", "OFF", "off", "x"));
  }

  /** Nobody is ever killed here: the filters meet no connection, or are refused. */
  private static Draft kill(Dice dice) {
    Draft kill = dice.command("CLIENT", "KILL");
    return switch (dice.below(7)) {
      case 0 -> kill.word("1.2.3.4:5", "bogus", "");
      case 1 -> kill.and("ID").word("999999999", "0", "-1", "x");
      case 2 -> kill.and("TYPE").word("pubsub", "replica", "bogus");
      case 3 -> kill.and("USER").word("nobody", "");
      case 4 -> kill.and("ADDR", "1.2.3.4:5", "SKIPME").word("yes", "no", "maybe");
      case 5 -> kill.and("LADDR", "1.2.3.4:5").sometimes(50, d -> d.and("ID"));
      default -> kill.and("BOGUS", "x");
    };
  }
}
