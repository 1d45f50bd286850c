package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** redis-cli and redis-benchmark, as an operator uses them. */
final class RedisProgramsTest {
  private static final byte[] NO_INPUT = {};

  @RegisterExtension
  final Servers servers = new Servers();

  private ServerProcess server;
  private Program cli;

  @BeforeEach
  void start() {
    RedisOracle.assumePresent();
    server = servers.subject();
    cli = new Program("redis-cli", server);
  }

  @Test
  void cliRunsAScriptFromItsInput() throws Exception {
    String script = """
        SET greeting "hello world"
        GET greeting
        INCR greeting
        SELECT 3
        GET greeting
        """;

    assertThat(cli.run(Notation.bytes(script)).lines())
        .containsExactly(
            "OK", "hello world", "ERR value is not an integer or out of range", "", "OK", "");
  }

  @Test
  void cliSpeaksResp3() throws Exception {
    cli.run(NO_INPUT, "-3", "MSET", "a", "ohmytext", "b", "mynewtext");

    assertThat(cli.run(NO_INPUT, "-3", "--no-raw", "LCS", "a", "b", "IDX", "MINMATCHLEN", "4"))
        .contains("1# \"matches\" =>", "2# \"len\" => (integer) 6");
  }

  @Test
  void cliInsertsInMass() throws Exception {
    ByteArrayOutputStream commands = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      Command.of("SET", "mass:" + i, "value " + i).writeTo(commands);
    }

    assertThat(cli.run(commands.toByteArray(), "--pipe")).contains("errors: 0, replies: 50000");
    assertThat(cli.run(NO_INPUT, "DBSIZE")).isEqualTo("50000\n");
    assertThat(cli.run(NO_INPUT, "GET", "mass:49999")).isEqualTo("value 49999\n");
  }

  @Test
  void cliLooksThroughTheKeyspace() throws Exception {
    try (Wire wire = server.connect()) {
      for (int i = 0; i < 300; i++) {
        wire.ask("SET", "key:" + i, "x".repeat(i));
      }
    }

    assertThat(cli.run(NO_INPUT, "--scan", "--pattern", "key:29?").lines()).hasSize(10);
    assertThat(cli.run(NO_INPUT, "--bigkeys"))
        .contains(
            "Sampled 300 keys in the keyspace!",
            "Biggest string found '\"key:299\"' has 299 bytes");
    assertThat(cli.run(NO_INPUT, "--memkeys")).contains("Sampled 300 keys in the keyspace!");
  }

  @Test
  void benchmarkRunsWithoutAnError() throws Exception {
    Program benchmark = new Program("redis-benchmark", server);

    String printed = benchmark.run(
        NO_INPUT, "-t", "set,get,incr,mset", "-P", "16", "-n", "50000", "-r", "10000", "-q");

    assertThat(printed)
        .contains("SET: ", "GET: ", "INCR: ", "MSET (10 keys): ")
        .doesNotContainIgnoringCase("error", "warning");
  }
}
