package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import pika.server.proof.Command;

/**
 * A user made by random rules: how the rules are answered and shown, what may be done by them
 * according to ACL DRYRUN, and what a client who is that user can really do. Users outlive stories,
 * so the step removes its own.
 */
record AclChange(List<Command> rules, List<Command> calls) implements Step {
  private static final String USER = "subject";
  private static final String OTHER = "an\u00f0ther";

  private static final List<String> RULES = Dice.words("""
      on off nopass resetpass >pw >other <pw <nosuch ~* ~k0* ~k1 %R~k* %W~k* %RW~k2 %rw~k3 %R~* resetkeys
      allkeys &* &a* resetchannels allchannels +@all -@all allcommands nocommands +get -get +set -set +SET
      +@read -@read +@write -@write +@string -@bitmap +@fast -@slow +@keyspace +@dangerous -@Admin +config
      +config|get -config|set -config +select|0 +select|1 +select +client|id +object -object|encoding
      +get|k0 "(~k1 +get)" "(%R~k* +@read -get)" "( +@all ~* &* )" "(-@all)" clearselectors reset
      sanitize-payload skip-sanitize-payload
      #30c952fab122c3f9759f02a6d95c3758b246b4fee239957b2d4fee46e26170c4
      !30c952fab122c3f9759f02a6d95c3758b246b4fee239957b2d4fee46e26170c4
      """);

  private static final List<String> HOSTILE = Dice.words("""
      "" + - ~ & % %~x %R %X~x %RR~x > < # ! ( ) (( () (~a (on) (~*)x +@ +@nosuch +nosuch +get| +get|a|b
      +config|get|x +config|nosuch +config| -get|a "~a b" "&a b" "~\\x00" bogus ONN #abc !zz
      "(~* ~a)" "\\xff\\xfe" +@all|x "%R~a b" "(+nosuch)" ~\\xff* &\\xff
      """);

  private static final List<String> CALLS = List.of(
      "GET k0",
      "GET k1",
      "get k2",
      "SET k0 v",
      "SET k1 v GET",
      "MGET k0 k1 k2",
      "MSET k0 a k3 b",
      "COPY k0 k1",
      "RENAME k1 k2",
      "DEL k0 k1",
      "EXISTS k0 k3",
      "APPEND k1 x",
      "STRLEN k3",
      "SETRANGE k2 1 x",
      "BITFIELD k0 GET u8 0",
      "BITFIELD k1 SET u8 0 1",
      "BITFIELD_RO k1 GET u8 0",
      "BITOP AND k0 k1 k2",
      "OBJECT ENCODING k1",
      "OBJECT REFCOUNT k0",
      "TYPE k2",
      "TTL k0",
      "EXPIRE k0 100000",
      "PERSIST k1",
      "SELECT 0",
      "SELECT 1",
      "CONFIG GET timeout",
      "CONFIG SET timeout",
      "CLIENT ID x",
      "CLIENT GETNAME",
      "PING",
      "ECHO k0",
      "ACL WHOAMI",
      "ACL USERS x",
      "DBSIZE x",
      "INCR k0",
      "INCRBY k1 5",
      "GETEX k0",
      "GETDEL k2",
      "LCS k0 k1",
      "TOUCH k0 k2",
      "NOSUCH k0",
      "GET",
      "CONFIG NOSUCH");

  static AclChange draw(Dice dice) {
    List<Command> rules = new ArrayList<>();
    rules.add(Command.of("ACL", "SETUSER", USER, "on", ">pw", "+acl|whoami"));
    if (dice.chance(40)) {
      rules.add(Command.of("ACL", "SETUSER", USER, "+@all", "~k*"));
    }
    for (int i = dice.between(1, 4); i > 0; i--) {
      rules.add(dice.command("ACL", "SETUSER", dice.chance(90) ? USER : OTHER)
          .times(0, 5, d -> d.word(dice.chance(88) ? RULES : HOSTILE))
          .command());
    }
    List<Command> calls = new ArrayList<>();
    for (int i = dice.between(3, 12); i > 0; i--) {
      calls.add(Command.parse(dice.oneOf(CALLS)));
    }
    return new AclChange(List.copyOf(rules), List.copyOf(calls));
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    try (Duo admin = arena.aside();
        Duo client = arena.aside()) {
      forget(admin);
      for (Command rule : rules) {
        admin.ask(rule, Agreement.EXACT);
        admin.ask(Command.of("ACL", "GETUSER", USER), Agreement.USER_RULES);
        admin.ask(Command.of("ACL", "LIST"), Agreement.USER_RULES);
        client.ask("AUTH", USER, "pw");
        client.ask("ACL", "WHOAMI");
        for (Command call : calls) {
          List<Object> dryRun = new ArrayList<>(List.of("ACL", "DRYRUN", USER));
          dryRun.addAll(call.args());
          admin.ask(dryRun.toArray());
          client.ask(call, Agreement.EXACT);
        }
      }
      forget(admin);
    }
  }

  private static void forget(Duo admin) throws IOException, Disagreement {
    admin.ask(Command.of("ACL", "DELUSER", USER, OTHER), Agreement.SAME_KIND);
  }

  @Override
  public String toString() {
    String changes = rules.stream().map(rule -> "> " + rule).collect(Collectors.joining("\n"));
    return changes + "\n  (after each as that user, and as ACL DRYRUN: " + calls + ")";
  }
}
