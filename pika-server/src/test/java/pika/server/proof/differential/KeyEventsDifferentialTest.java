package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
    assertSameEvents(
        "DEBUG SET-ACTIVE-EXPIRE 0",
        "SET k0 v PX 1",
        "SET k1 v PX 1",
        "SET k2 v PX 1",
        "SET k3 v PX 1",
        "HSET k4 f v",
        // Redis deletes the key at once if the deadline passes while it runs the command.
        "PEXPIRE k4 200",
        "DEBUG SLEEP 0.3",
        "GET k0",
        "GET k0",
        "MGET k1 k2 k1",
        "GETSET k3 v",
        "HLEN k4",
        "RPUSH list 1 2",
        "SORT list BY w* GET g* GET h*->f GET #",
        "SET k5 v PX 1",
        "SET k6 v PX 1",
        "SET k8 v PX 1",
        "SET k9 v PX 1",
        "SET k10 v PX 1",
        "DEBUG SLEEP 0.01",
        "MSETNX k9 v k8 v k11 v",
        "MSETNX k10 v k9 v",
        "RENAME k5 k7",
        "SCAN 0 MATCH k6 COUNT 100");
  }

  @Test
  void whoeverWritesWhatIsThereAlreadyCausesEvents() throws IOException {
    assertSameEvents(
        "HSET h f v n 1 x 1.5",
        "HSET h f v",
        "HMSET h f v n 1",
        "HSETNX h f v",
        "HINCRBY h n 0",
        "HINCRBYFLOAT h x 0",
        "HDEL h g",
        "RPUSH l a",
        "LMOVE l l LEFT RIGHT",
        "RPOPLPUSH l l",
        "BLMOVE l l RIGHT RIGHT 1",
        "LSET l 0 a",
        "LTRIM l 0 -1",
        "LPOP l 0",
        "RPOP l 0",
        "SADD s a b",
        "SADD s a",
        "SMOVE s s a",
        "SPOP s 0",
        "ZADD z 1 a",
        "ZADD z 1 a",
        "ZINCRBY z 0 a",
        "ZPOPMIN z 0");
  }

  private void assertSameEvents(String... lines) throws IOException {
    String[] options = {"--notify-keyspace-events", "KEAnm"};
    try (Listeners oracle = begin(servers.redis(options));
        Listeners subject = begin(servers.subject(options))) {
      for (String line : lines) {
        Command command = Command.of(Notation.words(line).toArray());
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
          List<String> expected = events(command, oracle.play(ACTOR, command));
          softly
              .assertThat(events(command, subject.play(ACTOR, command)))
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

  private static boolean isCompared(Command command) {
    return !LEFT_OUT.contains(command.name());
  }

  /**
   * A key that expires is told by whoever is first, a command that meets it or the sweeper. What a
   * command has looked for before it failed is told by Redis only; some look twice. SORT looks in
   * the order in which it finds the elements, which a set leaves to the server.
   */
  private static List<String> events(Command command, List<String> heard) {
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
    if (command.name().startsWith("SORT")) {
      Collections.sort(events);
    }
    return events;
  }
}
