package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Random commands of all families cause the keyspace events they cause in Redis, in that order. */
final class KeyEventsDifferentialTest {
  private static final int STORIES = 8;
  private static final int STEPS = 500;
  private static final int ACTOR = 0;
  private static final int LISTENER = 1;

  /** What changes the connection, the settings or the server rather than keys. */
  private static final Set<String> LEFT_OUT = Set.of(
      "SELECT",
      "HELLO",
      "AUTH",
      "RESET",
      "CLIENT",
      "CONFIG",
      "PING",
      "QUIT",
      "SHUTDOWN",
      "DEBUG",
      "ACL",
      "INFO",
      "MONITOR",
      "SWAPDB");

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void everyCommandCausesTheEventsOfRedis() throws IOException {
    String[] options = {"--notify-keyspace-events", "KEAnm"};
    ServerProcess redis = servers.redis(options);
    ServerProcess ours = servers.subject(options);
    Menu menu = Menu.of(Families.served());
    long seed = ProofSettings.seedOr(1);
    SoftAssertions softly = new SoftAssertions();
    for (int story = 0; story < STORIES; story++) {
      tell(redis, ours, menu, seed + story, softly);
    }
    softly.assertAll();
  }

  @Test
  void whoeverMeetsAnExpiredKeyCausesItsEvent() throws IOException {
    String[] options = {"--notify-keyspace-events", "KEAnm"};
    List<Command> commands = Stream.of(
            "DEBUG SET-ACTIVE-EXPIRE 0",
            "SET k0 v PX 1",
            "SET k1 v PX 1",
            "SET k2 v PX 1",
            "SET k3 v PX 1",
            "HSET k4 f v",
            "PEXPIRE k4 1",
            "DEBUG SLEEP 0.01",
            "GET k0",
            "GET k0",
            "MGET k1 k2 k1",
            "GETSET k3 v",
            "HLEN k4",
            "RPUSH list 1 2",
            "SORT list BY w* GET g* GET h*->f GET #")
        .map(line -> Command.of(Notation.words(line).toArray()))
        .toList();
    try (Listeners oracle = begin(servers.redis(options));
        Listeners subject = begin(servers.subject(options))) {
      for (Command command : commands) {
        List<String> expected = oracle.play(ACTOR, command);
        assertThat(subject.play(ACTOR, command)).as("%s", command).isEqualTo(expected);
      }
    }
  }

  private static void tell(
      ServerProcess redis, ServerProcess ours, Menu menu, long seed, SoftAssertions softly)
      throws IOException {
    Dice dice = new Dice(seed);
    try (Listeners oracle = begin(redis);
        Listeners subject = begin(ours)) {
      for (int step = 0; step < STEPS; step++) {
        if (menu.draw(dice) instanceof Ask ask && isCompared(ask.command())) {
          Command command = ask.command();
          List<String> expected = events(oracle.play(ACTOR, command));
          softly
              .assertThat(events(subject.play(ACTOR, command)))
              .as("seed %d step %d: %s", seed, step, command)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static Listeners begin(ServerProcess server) throws IOException {
    Listeners listeners = Listeners.to(server, Protocol.RESP3, Protocol.RESP3);
    listeners.wire(ACTOR).ask("FLUSHALL");
    Wire listener = listeners.wire(LISTENER);
    listener.ask("PSUBSCRIBE", "__key*__:*");
    return listeners;
  }

  /**
   * Left out as well: an element that is moved to where it is, which Redis tells as two events; integers that
   * do not fit, for which a string may still grow.
   */
  private static boolean isCompared(Command command) {
    List<String> words = command.args().stream().map(Notation::text).toList();
    boolean movesNothing = words.size() > 2 && words.get(1).equals(words.get(2));
    return !LEFT_OUT.contains(command.name())
        && !(command.name().contains("MOVE") && movesNothing)
        && !(command.name().equals("BITFIELD")
            && words.stream().anyMatch("OVERFLOW"::equalsIgnoreCase));
  }

  /**
   * A key that expires is told by whoever is first, a command that meets it or the sweeper. What a
   * command has looked for before it failed is told by Redis only; some look twice.
   */
  private static List<String> events(List<String> heard) {
    boolean failed = heard.get(0).startsWith(ACTOR + ": -");
    List<String> events = new ArrayList<>();
    for (String line : heard) {
      boolean isMiss = line.contains("keymiss");
      if (line.startsWith(LISTENER + ":")
          && !line.contains("expired")
          && !(isMiss && (failed || events.contains(line)))) {
        events.add(line);
      }
    }
    return events;
  }
}
