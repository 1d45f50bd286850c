package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Await;
import pika.server.proof.ServerProcess;

/** A server that starts says where it is and what it takes, in a few lines. */
final class StartTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir
  Path temporary;

  @Test
  void tellsWhereItListensWhereTheDataIsAndHowMuchMemoryItWillUse() throws Exception {
    Path data = temporary.resolve("data");
    try (ServerProcess server = ServerProcess.pika(data, "--max-memory-budget", "2gb")) {
      assertThat(linesUntil(server, "memory: budget"))
          .hasSizeLessThan(8)
          .anyMatch(line -> line.startsWith("listening on 127.0.0.1:" + server.port()))
          .anyMatch(line -> line.startsWith("data in " + data + ","))
          .anyMatch(line -> line.startsWith("memory: budget 2048 MB"));
    }
  }

  /** Pika's own file says 8388608, which counts neither memtables nor indexes there. */
  @Test
  void tellsOfTheBlockCacheThatIsUsed() throws Exception {
    assertThat(memoryLines("8388608", "treated as 32mb"))
        .anyMatch(line -> line.contains("block cache with memtables 32 MB"))
        .anyMatch(line -> line.contains("block-cache is below the minimum and is treated as 32mb"));
    assertThat(memoryLines("100mb", "memory: budget"))
        .anyMatch(line -> line.contains("block cache with memtables 100 MB"))
        .noneMatch(line -> line.contains("32mb"));
  }

  @Test
  void saysThatABudgetCannotBeKept() throws Exception {
    try (ServerProcess server =
        ServerProcess.pika(temporary.resolve("data"), "--max-memory-budget", "128mb")) {
      assertThat(linesUntil(server, "at least 256 MB")).isNotEmpty();
    }
  }

  private List<String> memoryLines(String blockCache, String last) throws Exception {
    Path data = temporary.resolve("data" + blockCache);
    try (ServerProcess server =
        ServerProcess.pika(data, "--max-memory-budget", "2gb", "--block-cache", blockCache)) {
      return linesUntil(server, last).stream()
          .filter(line -> line.startsWith("memory:"))
          .toList();
    }
  }

  @Test
  void theLogIsMadeAnewWhenSomebodyHasMovedItAway() throws Exception {
    Path log = temporary.resolve("pika.log");
    Path old = temporary.resolve("pika.log.1");
    try (ServerProcess server =
        ServerProcess.pika(temporary.resolve("data"), "--logfile", log.toString())) {
      Await.until("the log begins", LIMIT, () -> Files.readString(log).contains("memory: "));
      Files.move(log, old);
      server.terminate();
      assertThat(log).content().contains("shut down: all acknowledged writes are on disk");
      assertThat(old).content().contains("listening on ").doesNotContain("shutting down");
    }
  }

  /** A server answers before it has printed its lines. */
  private static List<String> linesUntil(ServerProcess server, String awaited) throws Exception {
    List<String> lines = new ArrayList<>();
    Await.until("it prints " + awaited, LIMIT, () -> {
      server.printed().lines().forEach(lines::add);
      return lines.stream().anyMatch(line -> line.contains(awaited));
    });
    return lines;
  }
}
