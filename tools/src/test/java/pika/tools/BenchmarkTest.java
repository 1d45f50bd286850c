package pika.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.net.client.Client;
import pika.net.resp.Reply;

/** All of bench, with redis-server in every role. */
class BenchmarkTest {

  private static final String REDIS = "redis-server --port {port} --dir {dir} --save ''";

  @TempDir
  private Path scratch;

  @BeforeEach
  void installed() {
    RedisServer.assumeInstalled("redis-server");
  }

  @Test
  void comparesTwoServersAndLeavesNothingBehind() throws IOException {
    Tool tool = bench(
        "--compare",
        "redis,other",
        "--server",
        "other=" + REDIS,
        "--rows",
        "GET,HGETALL,LRANGE_100",
        "--pipelines",
        "4",
        "--restart");

    assertThat(tool.exitCode()).isZero();
    assertThat(tool.out().lines())
        .anyMatch(line -> line.matches("\\| GET +\\| +2 \\| +4 \\| +[\\d,]+ \\| .* \\(.*\\) \\|"))
        .anyMatch(line -> line.matches("\\| HGETALL +\\| +2 .*\\(\\d.*"))
        .anyMatch(line -> line.matches("\\| LRANGE_100 +\\| +2 .*\\(\\d.*"));
    assertThat(tool.out()).contains("## Started again on 500 keys").doesNotContain("Not measured");
    assertNothingLeft();
  }

  @Test
  void measuresHugeCommandsAndWhatTheyDoToOthers() throws IOException {
    Tool tool = bench("--compare", "redis", "--huge", "100kb,1mb");

    assertThat(tool.exitCode()).isZero();
    for (String command : List.of("SET", "GET", "DUMP", "HMSET", "MSET", "LPUSH")) {
      assertThat(tool.out())
          .containsPattern("\\| " + command + " +\\| 100KB \\| redis +\\| +[\\d.]+ \\| +1.00 ")
          .containsPattern("\\| " + command + " +\\| 1MB ");
    }
    assertThat(tool.out()).doesNotContain("clients");
    assertNothingLeft();
  }

  @Test
  void measuresALargeDataSetPhaseByPhase() throws IOException {
    Tool tool = bench("--compare", "redis", "--large", "1mb", "--minutes", "0.001");

    assertThat(tool.exitCode()).isZero();
    assertThat(tool.out())
        .startsWith("1,032 keys, 1,000-byte values")
        .containsPattern("\\| loading +\\| +[\\d,]+ \\| +[\\d.]+ \\| +- \\|")
        .containsPattern("\\| all keys alike +\\| +[\\d,]+ \\| +[\\d.]+ \\| +[\\d.]+ \\|")
        .containsPattern("\\| 90 % to 1 % of keys +\\| +[\\d,]+ ")
        .containsPattern("Started again: \\d+ ms");
    assertNothingLeft();
  }

  @Test
  void measuresAServerThatRunsAndLeavesItEmpty() throws Exception {
    try (RedisServer redis = RedisServer.start(scratch);
        Client client = Client.connect("127.0.0.1", redis.port())) {
      String far = "far=127.0.0.1:" + redis.port();
      Tool tool = bench("--compare", "far", "--server", far, "--rows", "GET", "--pipelines", "1");

      assertThat(tool.exitCode()).isZero();
      assertThat(tool.out())
          .containsPattern("\\| GET +\\| far +\\| +2 \\| +1 \\| +0 \\| +- \\| +- \\|");
      assertThat(client.call("DBSIZE")).isEqualTo(Reply.ZERO);

      client.call("SET", "precious", "value");
      Tool again = bench("--compare", "far", "--server", far, "--rows", "GET");
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.err()).contains("bench: far: the server holds keys");
      assertThat(client.call("DBSIZE")).isEqualTo(Reply.ONE);
    }
  }

  @Test
  void measuresTheServerBehindALauncherThatWaits() throws IOException {
    Tool tool = bench(
        "--compare",
        "child",
        "--server",
        "child=sh -c \"" + REDIS + " & wait\"",
        "--rows",
        "PING",
        "--pipelines",
        "1");

    assertThat(tool.exitCode()).isZero();
    // A shell's RSS is a megabyte or two, redis-server's ten.
    assertThat(tool.out()).containsPattern("\\| PING \\| child .*\\| +([5-9]|\\d\\d) \\|\n");
    assertNothingLeft();
  }

  @Test
  void goesOnAfterACommandThatAServerRefuses() throws IOException {
    Tool tool = bench(
        "--compare",
        "strict",
        "--server",
        "strict=" + REDIS + " --rename-command XADD '' --rename-command HSET ''",
        "--rows",
        "XADD,HGETALL,PING",
        "--pipelines",
        "1");

    assertThat(tool.exitCode()).isZero();
    assertThat(tool.out())
        .contains("## Not measured\n\n* strict, rows on HASHES: refused: ERR unknown command")
        .contains("\n* strict, XADD clients 2 pipeline 1: refused: ERR")
        .containsPattern("\\| PING +\\| +2 \\| +1 \\| +[\\d,]+ \\|");
  }

  @Test
  void saysWhyAServerDoesNotStart() throws IOException {
    Tool tool = bench("--compare", "bad", "--server", "bad=redis-server --no-such-setting 1");

    assertThat(tool.exitCode()).isEqualTo(1);
    assertThat(tool.err()).contains("bench: bad: ended with exit code 1").contains("FATAL CONFIG");
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private Tool bench(String... args) {
    List<String> words = new ArrayList<>(List.of("bench"));
    words.addAll(List.of(args));
    words.addAll(List.of("--scratch", scratch.toString(), "--clients", "2", "--keys", "500"));
    words.addAll(List.of("--runs", "1", "--seconds", "0.05", "--warmup", "0.05", "--idle", "0"));
    return Tool.run(words.toArray(String[]::new));
  }
}
