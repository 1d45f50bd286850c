package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Await;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** A data directory that disappears under the server, as when somebody renames it. */
final class LostDirectoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir
  Path temporary;

  @Test
  void theLogTellsOnceWhatIsWrongAndThatItTakesARestart() throws Exception {
    Path data = temporary.resolve("data");
    Path elsewhere = temporary.resolve("elsewhere");
    Path log = temporary.resolve("pika.log");
    try (ServerProcess server = ServerProcess.pika(data, "--logfile", log.toString())) {
      try (Wire wire = server.connect()) {
        assertThat(wire.ask("SET", "before", "1").text()).isEqualTo("OK");
        Files.move(data, elsewhere);
        wire.ask("BGREWRITEAOF");
        Await.until(
            "it refuses writes",
            LIMIT,
            () -> wire.ask("SET", "k", "v").text().startsWith("ERR storage failure: "));
        assertThat(wire.ask("GET", "before").text()).isEqualTo("1");
      }
      Await.until(
          "it misses the directory",
          LIMIT,
          () -> Files.readString(log).contains("cannot determine the free disk space"));
      Files.move(elsewhere, data);
      server.terminate();
      assertThat(log)
          .content()
          .containsOnlyOnce("refuses all writes until this server is restarted")
          .containsOnlyOnce("cannot determine the free disk space")
          .doesNotContain("java.");
      server.startAgain();
      try (Wire wire = server.connect()) {
        assertThat(wire.ask("GET", "before").text()).isEqualTo("1");
        assertThat(wire.ask("SET", "after", "1").text()).isEqualTo("OK");
      }
    }
  }
}
