package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.ServerProcess;

/** A server that starts says where it is and what it takes, in a few lines. */
final class StartTest {
  @TempDir
  Path temporary;

  @Test
  void tellsWhereItListensWhereTheDataIsAndHowMuchMemoryItWillUse() {
    Path data = temporary.resolve("data");
    try (ServerProcess server = ServerProcess.pika(data, "--max-memory-budget", "2gb")) {
      assertThat(server.printed().lines().toList())
          .hasSizeLessThan(8)
          .anyMatch(line -> line.startsWith("listening on 127.0.0.1:" + server.port()))
          .anyMatch(line -> line.startsWith("data in " + data + ","))
          .anyMatch(line -> line.startsWith("memory: budget 2048 MB"));
    }
  }
}
