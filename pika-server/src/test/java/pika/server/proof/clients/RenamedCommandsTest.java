package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** {@code rename-command}: the same answers as a redis-server with the same lines. */
final class RenamedCommandsTest {
  private static final String[] LINES = {
    "--rename-command", "GET", "Fetch",
    "--rename-command", "flushall", "",
    "--rename-command", "config", "cfg"
  };

  private static final List<String> REQUESTS = List.of(
      "SET key value",
      "GET key",
      "fetch key",
      "FETCH",
      "FLUSHALL",
      "flushall async",
      "CONFIG GET timeout",
      "cfg get timeout",
      "cfg",
      "cfg nosuch",
      "cfg get",
      "COMMAND INFO get",
      "COMMAND INFO config|get",
      "COMMAND GETKEYS fetch key",
      "COMMAND GETKEYS get key",
      "COMMAND LIST FILTERBY PATTERN get",
      "COMMAND LIST FILTERBY PATTERN fetch",
      "COMMAND LIST FILTERBY PATTERN flushal*",
      "ACL SETUSER u on nopass -@all +get +flushall +config|get ~*",
      "ACL SETUSER v +fetch",
      "ACL SETUSER v -cfg",
      "ACL DRYRUN u fetch key",
      "ACL DRYRUN u get key",
      "ACL DRYRUN u cfg get timeout",
      "AUTH u any",
      "fetch key",
      "cfg set timeout 0");

  @TempDir
  private Path folder;

  @Test
  void renamedCommandsAnswerAsInRedis() throws IOException {
    RedisOracle.assumePresent();
    try (ServerProcess redis = ServerProcess.redis(folder, LINES);
        ServerProcess pika = ServerProcess.pika(folder.resolve("data"), LINES);
        Wire theirs = redis.connect();
        Wire ours = pika.connect()) {
      for (String request : REQUESTS) {
        Object[] args = request.split(" ", -1);
        assertThat(ours.ask(args)).as(request).isEqualTo(theirs.ask(args));
      }
    }
  }
}
