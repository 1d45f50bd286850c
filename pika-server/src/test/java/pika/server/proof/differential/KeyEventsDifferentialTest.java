package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
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
    for (int story = 0; story < STORIES; story++) {
      tell(redis, ours, menu, seed + story);
    }
  }

  private static void tell(ServerProcess redis, ServerProcess ours, Menu menu, long seed)
      throws IOException {
    Dice dice = new Dice(seed);
    try (Listeners oracle = begin(redis);
        Listeners subject = begin(ours)) {
      for (int step = 0; step < STEPS; step++) {
        if (menu.draw(dice) instanceof Ask ask
            && !LEFT_OUT.contains(ask.command().name())) {
          Command command = ask.command();
          List<String> expected = events(oracle.play(ACTOR, command));
          assertThat(events(subject.play(ACTOR, command)))
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

  /** A key that expires is told by Redis when somebody meets it, by ours when it is removed. */
  private static List<String> events(List<String> heard) {
    return heard.stream()
        .filter(line -> line.startsWith(LISTENER + ":") && !line.contains("expired"))
        .toList();
  }
}
