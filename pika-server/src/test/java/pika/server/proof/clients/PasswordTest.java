package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Notation;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** {@code requirepass}: without the password a connection gets nothing, and may send little. */
final class PasswordTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject("--requirepass", "secret");
  }

  @Test
  void nothingIsServedBeforeAuth() throws IOException {
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("GET", "key")).hasToString("-NOAUTH Authentication required.");
      assertThat(wire.ask("PING")).hasToString("-NOAUTH Authentication required.");
      assertThat(wire.ask("HELLO", 3).toString())
          .startsWith("-NOAUTH HELLO must be called with the client already authenticated");
      assertThat(wire.ask("AUTH", "wrong"))
          .hasToString("-WRONGPASS invalid username-password pair or user is disabled.");
      assertThat(wire.ask("AUTH", "secret")).hasToString("+OK");
      assertThat(wire.ask("PING")).hasToString("+PONG");
    }
  }

  @Test
  void helloCarriesThePassword() throws IOException {
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("HELLO", 3, "AUTH", "default", "secret").type()).isEqualTo('%');
      assertThat(wire.ask("GET", "nosuch")).hasToString("_");
    }
  }

  @Test
  void resetForgetsWhoWasThere() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("AUTH", "default", "secret");
      wire.ask("RESET");

      assertThat(wire.ask("PING")).hasToString("-NOAUTH Authentication required.");
    }
  }

  @Test
  void strangersMayNotSendLargeRequests() throws IOException {
    assertThat(answerTo("*1\r\n$16385\r\n"))
        .isEqualTo("-ERR Protocol error: unauthenticated bulk length");
    assertThat(answerTo("*11\r\n"))
        .isEqualTo("-ERR Protocol error: unauthenticated multibulk length");
  }

  @Test
  void whoHasSaidThePasswordMaySendLargeRequestsInTheSameRead() throws IOException {
    String value = "v".repeat(20_000);
    try (Wire wire = server.connect()) {
      wire.sendRaw(Notation.bytes("*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n"
          + "*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$20000\r\n" + value + "\r\n"
          + "*12\r\n$3\r\nDEL\r\n" + "$5\r\nlarge\r\n".repeat(11)));
      assertThat(wire.flush().receive()).hasToString("+OK");
      assertThat(wire.receive()).hasToString("+OK");
      assertThat(wire.receive()).hasToString(":1");
    }
  }

  @Test
  void aPipelineOfAStrangerIsRefusedRequestByRequest() throws IOException {
    try (Wire wire = server.connect()) {
      wire.sendRaw(Notation.bytes("*1\r\n$4\r\nPING\r\n".repeat(500)
          + "*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n*1\r\n$4\r\nPING\r\n"));
      wire.flush();
      for (int i = 0; i < 500; i++) {
        assertThat(wire.receive()).hasToString("-NOAUTH Authentication required.");
      }
      assertThat(wire.receive()).hasToString("+OK");
      assertThat(wire.receive()).hasToString("+PONG");
    }
  }

  private static String answerTo(String bytes) throws IOException {
    try (Wire wire = server.connect()) {
      String answer = wire.sendRaw(Notation.bytes(bytes)).flush().receive().toString();
      assertThat(wire.isClosedByPeer()).isTrue();
      return answer;
    }
  }
}
