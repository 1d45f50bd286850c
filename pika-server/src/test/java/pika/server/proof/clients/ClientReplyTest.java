package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** CLIENT REPLY: who asks for silence gets it, command by command, within a pipeline too. */
final class ClientReplyTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @Test
  void offSilencesEverythingUntilOn() throws IOException {
    try (Wire wire = server.connect()) {
      send(wire, "CLIENT REPLY OFF", "SET a 1", "INCR a", "NOSUCH", "CLIENT REPLY ON", "GET a");

      assertThat(wire.receive()).hasToString("+OK");
      assertThat(wire.receive()).hasToString("$\"2\"");
    }
  }

  @Test
  void skipSilencesTheNextCommandOnly() throws IOException {
    try (Wire wire = server.connect()) {
      send(wire, "CLIENT REPLY SKIP", "SET b 1", "INCR b", "ECHO end");

      assertThat(wire.receive()).hasToString(":2");
      assertThat(wire.receive()).hasToString("$\"end\"");
    }
  }

  @Test
  void skipBeforeAnErrorSilencesTheError() throws IOException {
    try (Wire wire = server.connect()) {
      send(wire, "CLIENT REPLY SKIP", "NOSUCH", "ECHO end");

      assertThat(wire.receive()).hasToString("$\"end\"");
    }
  }

  @Test
  void silenceIsThatOfItsOwnConnection() throws IOException {
    try (Wire silent = server.connect();
        Wire other = server.connect()) {
      send(silent, "CLIENT REPLY OFF", "SET c 1");

      assertThat(other.ask("PING")).hasToString("+PONG");
      send(silent, "CLIENT REPLY ON");
      assertThat(silent.receive()).hasToString("+OK");
      assertThat(other.ask("GET", "c")).hasToString("$\"1\"");
    }
  }

  private static void send(Wire wire, String... commands) throws IOException {
    for (String command : commands) {
      wire.send(Command.parse(command));
    }
    wire.flush();
  }
}
