package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.LosesALoop;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** However an operator stops the server, it ends in order and finds everything when it is back. */
final class StopTest {
  /** What a JVM makes of SIGTERM: 128 and the number of the signal. */
  private static final int TERMINATED = 143;

  private static final int KEYS = 2000;

  @TempDir
  Path temporary;

  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.pika(temporary.resolve("data"));
    fill();
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void sigtermClosesInOrder() throws Exception {
    assertThat(server.terminate()).isEqualTo(TERMINATED);
    assertThat(server.printed()).contains("shut down: all acknowledged writes are on disk");
    server.startAgain();
    assertThatEverythingIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NOSAVE", "SAVE", "NOW FORCE"})
  void shutdownClosesInOrderAndRepliesNothing(String options) throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(Command.of((Object[]) ("SHUTDOWN " + options).strip().split(" ")))
          .flush();
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
    }
    assertThat(server.awaitEnd()).isZero();
    server.startAgain();
    assertThatEverythingIsThere();
  }

  @Test
  void theLossOfAnEventLoopEndsTheProcessInOrder() throws Exception {
    server.terminate();
    Path log = temporary.resolve("lost.log");
    FailedStart lost = FailedStart.of(
        ServerProcess.program(LosesALoop.class.getName()),
        List.of(
            "--port",
            "" + server.port(),
            "--db-path",
            temporary.resolve("data").toString(),
            "--logfile",
            log.toString()));
    assertThat(lost.exitCode()).isEqualTo(1);
    assertThat(log)
        .content()
        .contains("an event loop has ended", "shut down: all acknowledged writes are on disk");
    server.startAgain();
    assertThatEverythingIsThere();
  }

  @Test
  void aShutdownThatCannotBeIsRefusedAndTheServerGoesOn() throws Exception {
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("SHUTDOWN", "SAVE", "NOSAVE").text()).isEqualTo("ERR syntax error");
      assertThat(wire.ask("SHUTDOWN", "ABORT").text()).isEqualTo("ERR No shutdown in progress.");
      assertThat(wire.ask("PING").text()).isEqualTo("PONG");
    }
  }

  private void fill() throws IOException {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      commands.add(Command.of("SET", "key" + i, "value" + i));
    }
    commands.add(Command.of("SETEX", "mortal", "1000", "soul"));
    commands.add(Command.of("SELECT", "3"));
    commands.add(Command.of("SET", "elsewhere", "x".repeat(200_000)));
    try (Wire wire = server.connect()) {
      assertThat(wire.askAll(commands)).allMatch(reply -> reply.text().equals("OK"));
    }
  }

  private void assertThatEverythingIsThere() throws IOException {
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("DBSIZE").text()).isEqualTo("" + (KEYS + 1));
      for (int i = 0; i < KEYS; i++) {
        assertThat(wire.ask("GET", "key" + i).text()).isEqualTo("value" + i);
      }
      assertThat(wire.ask("TTL", "mortal").text()).matches("9\\d\\d|1000");
      assertThat(wire.ask("SELECT", "3").text()).isEqualTo("OK");
      assertThat(wire.ask("STRLEN", "elsewhere").text()).isEqualTo("200000");
    }
  }
}
