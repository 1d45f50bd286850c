package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;

/**
 * Clients that subscribe, publish and do other things in turn: each hears from ours what it hears
 * from Redis, in the same order.
 */
final class PubSubDifferentialTest {
  private static final int STORIES = 12;
  private static final int STEPS = 150;
  private static final Protocol[] CLIENTS = {
    Protocol.RESP2, Protocol.RESP3, Protocol.RESP3, Protocol.RESP2
  };

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void everyClientHearsWhatItHearsFromRedis() throws IOException {
    ServerProcess redis = servers.redis();
    ServerProcess ours = servers.subject();
    long seed = ProofSettings.seedOr(1);
    for (int story = 0; story < STORIES; story++) {
      tell(redis, ours, seed + story);
    }
  }

  private static void tell(ServerProcess redis, ServerProcess ours, long seed) throws IOException {
    Dice dice = new Dice(seed);
    try (Listeners oracle = Listeners.to(redis, CLIENTS);
        Listeners subject = Listeners.to(ours, CLIENTS)) {
      for (int step = 0; step < STEPS; step++) {
        int client = dice.below(CLIENTS.length);
        Command command = draw(dice, step);
        List<String> expected = oracle.play(client, command);
        assertThat(subject.play(client, command))
            .as("seed %d step %d client %d: %s", seed, step, client, command)
            .isEqualTo(expected);
      }
    }
  }

  private static Command draw(Dice dice, int step) {
    String unique = "message " + step;
    Draft draft = switch (dice.below(20)) {
      case 0, 1, 2 -> dice.command("SUBSCRIBE").times(1, 3, PubSubDifferentialTest::channel);
      case 3, 4 -> dice.command("PSUBSCRIBE").times(1, 3, PubSubDifferentialTest::pattern);
      case 5 -> dice.command("SSUBSCRIBE").times(1, 3, PubSubDifferentialTest::channel);
      case 6 -> dice.command("UNSUBSCRIBE").times(0, 2, PubSubDifferentialTest::channel);
      case 7 -> dice.command("PUNSUBSCRIBE").times(0, 2, PubSubDifferentialTest::pattern);
      case 8 -> dice.command("SUNSUBSCRIBE").times(0, 2, PubSubDifferentialTest::channel);
      case 9, 10, 11, 12 ->
        channel(dice.command("PUBLISH")).and(unique).sometimes(5, d -> d.and("x"));
      case 13 -> channel(dice.command("SPUBLISH")).and(unique);
      case 14 -> dice.command("PUBSUB", "NUMSUB").times(0, 3, PubSubDifferentialTest::channel);
      case 15 -> dice.command("PUBSUB", "SHARDNUMSUB").times(0, 3, PubSubDifferentialTest::channel);
      case 16 -> dice.command("PUBSUB").word("NUMPAT", "NUMPAT", "BOGUS");
      case 17 -> dice.command("GET").key().sometimes(10, Draft::key);
      case 18 -> dice.command("SELECT").and(dice.database());
      default -> dice.chance(30) ? dice.command("RESET") : dice.command("ECHO").value();
    };
    return draft.command();
  }

  private static Draft channel(Draft draft) {
    return draft.word("a", "b", "ab", "", "\r\n", "\u00ff", "c[a]");
  }

  private static Draft pattern(Draft draft) {
    return draft.word("*", "a*", "?", "[ab]", "", "c\\[a]", "a");
  }
}
