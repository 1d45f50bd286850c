package pika.server.proof.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;

/**
 * Random stories, told to our server and to a real Redis, with a restart of ours in the middle. To
 * tell one again: {@code mvn -pl pika-server -am test -Dtest=DifferentialTest -Dproof.seed=...}.
 */
final class DifferentialTest {
  private static final int STEPS = 3000;
  /** Everybody's build tells the same stories; the long run tells new ones. */
  private static final long FIRST_SEED = 1;

  private static final int STEPS_SHOWN = 60;
  private static final Duration SHORT = Duration.ofSeconds(8);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Menu MENU = Menu.of(Families.served());

  @RegisterExtension
  final Servers servers = new Servers();

  @ParameterizedTest
  @CsvSource({"RESP2,ONE_BY_ONE", "RESP3,ONE_BY_ONE", "RESP2,PIPELINED", "RESP3,PIPELINED"})
  void everyReplyIsTheOneOfRedis(Protocol protocol, Story.Manner manner) throws Exception {
    long seed = ProofSettings.seedOr(FIRST_SEED);
    tellStories(protocol, manner, seed, ProofSettings.duration(SHORT));
  }

  @Tag("soak")
  @ParameterizedTest
  @CsvSource({"RESP2,ONE_BY_ONE", "RESP3,ONE_BY_ONE", "RESP2,PIPELINED", "RESP3,PIPELINED"})
  void everyReplyIsTheOneOfRedisForLong(Protocol protocol, Story.Manner manner) throws Exception {
    tellStories(protocol, manner, ProofSettings.seed(), ProofSettings.duration(LONG));
  }

  private void tellStories(Protocol protocol, Story.Manner manner, long firstSeed, Duration time)
      throws Exception {
    ServerProcess oracle = servers.redis();
    ServerProcess subject = servers.subject();
    long deadline = System.nanoTime() + time.toNanos();
    long seed = firstSeed;
    try (Arena arena = new Arena(oracle, subject, protocol)) {
      Player player = new Player(arena, manner);
      do {
        tell(Story.write(seed, STEPS, MENU), player);
        seed++;
      } while (System.nanoTime() < deadline);
    }
  }

  private static void tell(Story story, Player player) throws IOException {
    Optional<Player.Failure> failure = player.play(story);
    if (failure.isPresent()) {
      Assertions.fail(report(story, failure.get(), player));
    }
  }

  private static String report(Story story, Player.Failure failure, Player player)
      throws IOException {
    Story shortest = new Shrinker(player).shrink(story, failure);
    int unseen = Math.max(0, shortest.steps().size() - STEPS_SHOWN);
    String transcript = shortest.steps().stream()
        .skip(unseen)
        .map(Step::toString)
        .collect(Collectors.joining("\n"));
    return "seed %d, step %d of %d:\n%s\n\nThe shortest story found that fails (%d steps, the first %d not shown):\n%s\n"
        .formatted(
            story.seed(),
            failure.step(),
            story.steps().size(),
            failure.what(),
            shortest.steps().size(),
            unseen,
            transcript);
  }
}
