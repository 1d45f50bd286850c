package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** MONITOR shows what runs, but no secrets, and does not keep what nobody reads. */
final class MonitorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject("--client-output-buffer-limit", "pubsub 1mb 1mb 1");
  }

  @Test
  void showsCommandsButNoSecretsAndNothingOfAdministrators() throws IOException {
    try (Wire monitor = server.connect();
        Wire client = server.connect()) {
      assertThat(monitor.ask("MONITOR")).hasToString("+OK");
      client.ask("SELECT", 3);
      client.ask("set", "a\"b\n", "\u00ff");
      client.ask("AUTH", "default", "secret");
      client.ask("HELLO", 2, "AUTH", "default", "secret", "SETNAME", "me");
      client.ask("CONFIG", "SET", "requirepass", "");
      client.ask("ACL", "SETUSER", "somebody", ">secret");
      client.ask("NOSUCH");
      client.ask("GET");
      client.ask("INCR", "a\"b\n");

      assertThat(line(monitor)).endsWith("\"SELECT\" \"3\"").contains(" [3 127.0.0.1:");
      assertThat(line(monitor)).endsWith("] \"set\" \"a\\\"b\\n\" \"\\xff\"");
      assertThat(line(monitor)).endsWith("] \"AUTH\" \"(redacted)\" \"(redacted)\"");
      assertThat(line(monitor))
          .endsWith(
              "] \"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\"" + " \"SETNAME\" \"me\"");
      assertThat(line(monitor)).endsWith("] \"INCR\" \"a\\\"b\\n\"");
    }
  }

  @Test
  void mayNotTouchKeysAndCanBeEnded() throws IOException {
    try (Wire monitor = server.connect()) {
      monitor.ask("MONITOR");
      assertThat(monitor.ask("GET", "x"))
          .hasToString("-ERR Replica can't interact with the keyspace");
      assertThat(monitor.ask("CLIENT", "INFO").text()).contains(" flags=O ");
      line(monitor);
      assertThat(monitor.ask("RESET")).hasToString("+RESET");
      assertThat(monitor.ask("GET", "x").isNil()).isTrue();
    }
  }

  @Test
  void whoDoesNotReadIsCut() throws Exception {
    try (Wire monitor = server.connect();
        Wire client = server.connect()) {
      monitor.ask("MONITOR");
      String value = "x".repeat(100_000);
      Await.until("the monitor is gone", PATIENCE, () -> {
        client.send(Command.of("SET", "k", value)).flush().receive();
        return !client.ask("CLIENT", "LIST").text().contains(" flags=O ");
      });
    }
  }

  private static String line(Wire monitor) throws IOException {
    return monitor.receive().text();
  }
}
