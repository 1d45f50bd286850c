package pika.server.proof.differential;

import java.util.List;

/** The server as a whole: https://redis.io/docs/latest/commands/?group=server. */
final class ServerFamily implements Family {
  private static final List<String> COMMANDS = Dice.words("""
      get SET mget bitop copy rename setrange object|encoding client|kill bitfield lcs ping select
      swapdb config|get nosuch get|nosuch ""
      """);
  private static final List<String> SECTIONS = Dice.words("""
      server clients Memory persistence stats replication cpu nosuch default everything all
      """);

  /** All but push, which comes beside a reply. */
  private static final List<String> SPELLINGS = Dice.words("""
      string integer double null array set map attrib verbatim true false bignum bogus
      """);

  @Override
  public void addTo(Menu menu) {
    menu.add(12, d -> d.command("SWAPDB").and(d.database()).and(d.database()));
    menu.add(4, d -> d.command("FLUSHDB").sometimes(60, ServerFamily::flushMode))
        .twist(Twist.AT_THE_END);
    menu.add(1, d -> d.command("FLUSHALL").sometimes(60, ServerFamily::flushMode))
        .twist(Twist.AT_THE_END);
    menu.add(3, d -> d.command(d.hostile()).times(0, 4, Draft::value));
    addCommand(menu);
    addInspection(menu);
    menu.addStep(4, ConfigChange::draw);
    menu.add(3, d -> d.command("CONFIG").word("GET", "SET", "BOGUS", "")).twist(Twist.NEVER);
    menu.add(3, d -> d.command("CONFIG", "SET").word("nosuch", "", "databases").and("1"))
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("CONFIG", "GET").word("nosuch", "databases", "no[such"))
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("SHUTDOWN").word("BOGUS", "ABORT", "")).twist(Twist.NEVER);
  }

  private static Draft flushMode(Draft draft) {
    return draft.word("SYNC", "ASYNC", "async", "LATER", "");
  }

  private static void addCommand(Menu menu) {
    menu.add(8, ServerFamily::getKeys).twist(Twist.NEVER);
    menu.add(4, d -> d.command("COMMAND", "INFO").times(1, 3, n -> n.word(COMMANDS)))
        .agree(Agreement.COMMAND_ROWS)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("COMMAND", "COUNT")).agree(Agreement.SAME_KIND).twist(Twist.NEVER);
    menu.add(2, d -> d.command("COMMAND", "LIST", "FILTERBY").and("PATTERN").word("get*", "s?t"))
        .agree(Agreement.SUBSET)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("COMMAND", "LIST", "FILTERBY").and("ACLCAT").word("bitmap", "x"))
        .agree(Agreement.UNORDERED)
        .twist(Twist.NEVER);
    menu.add(1, d -> d.command("COMMAND", "LIST").word("FILTERBY", "BOGUS")).twist(Twist.NEVER);
    menu.add(1, d -> d.command("COMMAND").word("BOGUS", "getkeys", "")).twist(Twist.NEVER);
  }

  private static Draft getKeys(Dice dice) {
    Draft command = dice.command("COMMAND", "GETKEYS");
    return switch (dice.below(8)) {
      case 0 -> command.and("SET").key().value();
      case 1 -> command.and("mset").times(1, 3, d -> d.key().value());
      case 2 -> command.and("BITOP", "AND").key().keys(3);
      case 3 -> command.and("COPY").key().key().and("REPLACE");
      case 4 -> command.and("DEL").times(0, 3, Draft::key);
      case 5 -> command.word("PING", "SELECT 1", "NOSUCH", "");
      case 6 -> command.and("OBJECT", "ENCODING").key();
      default -> command.and("LCS").times(0, 3, Draft::key);
    };
  }

  private static void addInspection(Menu menu) {
    menu.addStep(
        4, d -> new Eventually(d.command("INFO", "keyspace").command(), Agreement.KEYSPACE));
    menu.add(2, d -> d.command("INFO").sometimes(80, ServerFamily::section))
        .agree(Agreement.INFO_SECTIONS)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("TIME")).agree(Agreement.SAME_KIND);
    menu.add(1, d -> d.command("LASTSAVE")).agree(Agreement.SAME_KIND);
    menu.add(1, d -> d.command("LOLWUT")).agree(Agreement.SAME_KIND).twist(Twist.NEVER);
    menu.add(2, d -> d.command("DEBUG", "SLEEP").word("0", "0.001")).twist(Twist.NEVER);
    menu.add(4, ServerFamily::debugProtocol).twist(Twist.NEVER);
    menu.add(2, d -> d.command("MEMORY").word("DOCTOR", "STATS"))
        .agree(Agreement.SAME_KIND)
        .twist(Twist.NEVER);
  }

  private static Draft section(Draft draft) {
    return draft.word(SECTIONS);
  }

  /** A test client's way to see every spelling of RESP. */
  private static Draft debugProtocol(Dice dice) {
    return dice.command("DEBUG", "PROTOCOL").word(SPELLINGS);
  }
}
