package pika.server.proof.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pika.server.proof.Await;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * Random stories, told to our server and to a real Redis, under each of the
 * {@link Thresholds}, with a restart of ours in the middle. To
 * tell one again: {@code mvn -pl pika-server -am test -Dtest=DifferentialTest -Dpika.test.seed=...}.
 */
final class DifferentialTest {
  private static final int STEPS = 1500;
  /** Everybody's build tells the same stories; the long run tells new ones. */
  private static final long FIRST_SEED = 1;

  private static final int STEPS_SHOWN = 60;
  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(75);
  private static final Menu MENU = Menu.of(Families.served());

  @RegisterExtension
  final Servers servers = new Servers();

  @ParameterizedTest
  @CsvSource({
    "USUAL,RESP2,ONE_BY_ONE",
    "USUAL,RESP3,PIPELINED",
    "PACKED,RESP3,ONE_BY_ONE",
    "PACKED,RESP2,PIPELINED",
    "ROWS,RESP2,ONE_BY_ONE",
    "ROWS,RESP3,PIPELINED",
    "TINY,RESP3,ONE_BY_ONE",
    "TINY,RESP2,PIPELINED"
  })
  void everyReplyIsTheOneOfRedis(Thresholds thresholds, Protocol protocol, Story.Manner manner)
      throws Exception {
    long seed = ProofSettings.seedOr(FIRST_SEED);
    tellStories(thresholds, protocol, manner, seed, ProofSettings.duration(SHORT));
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource("everyWay")
  void everyReplyIsTheOneOfRedisForLong(
      Thresholds thresholds, Protocol protocol, Story.Manner manner) throws Exception {
    tellStories(thresholds, protocol, manner, ProofSettings.seed(), ProofSettings.duration(LONG));
  }

  static List<Arguments> everyWay() {
    List<Arguments> ways = new ArrayList<>();
    for (Thresholds thresholds : Thresholds.values()) {
      for (Protocol protocol : Protocol.values()) {
        for (Story.Manner manner : Story.Manner.values()) {
          ways.add(Arguments.of(thresholds, protocol, manner));
        }
      }
    }
    return ways;
  }

  private void tellStories(
      Thresholds thresholds, Protocol protocol, Story.Manner manner, long firstSeed, Duration time)
      throws Exception {
    ServerProcess oracle = servers.redis(thresholds.oracleOptions());
    ServerProcess subject = servers.subject(thresholds.subjectOptions());
    long deadline = System.nanoTime() + time.toNanos();
    long seed = firstSeed;
    try (Arena arena = new Arena(oracle, subject, protocol, thresholds)) {
      Player player = new Player(arena, manner);
      do {
        tell(Story.write(seed, STEPS, MENU), player);
        seed++;
      } while (System.nanoTime() < deadline);
    }
    try (Wire wire = Wire.connect(subject.port())) {
      Await.until(
          "every iterator is closed",
          IDLE,
          () -> wire.ask("INFO", "rocksdb").text().contains("\niterators:0\r"));
    }
    System.out.printf(
        "Stories under thresholds %s, %s, %s: seeds %d to %d%n",
        thresholds, protocol, manner, firstSeed, seed - 1);
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
