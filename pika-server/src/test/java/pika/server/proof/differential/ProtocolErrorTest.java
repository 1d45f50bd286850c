package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.server.proof.Notation.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.proof.Notation;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * Inline commands and broken requests: the same bytes come back, and the same connections are
 * closed.
 */
final class ProtocolErrorTest {
  private static final Path INPUTS =
      Path.of("src/test/resources/pika/server/proof/differential/broken-requests.txt");

  /** Asked after every input; where its answer is missing, the server has closed. */
  private static final String LAST_QUESTION = "*2\r\n$4\r\nECHO\r\n$8\r\nstill on\r\n";

  private static final String LAST_ANSWER = "$8\r\nstill on\r\n";

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess redis;
  private static ServerProcess ours;

  @BeforeAll
  static void start() {
    redis = servers.redis();
    ours = servers.subject();
  }

  static Stream<String> inputs() throws IOException {
    return Files.readAllLines(INPUTS).stream().filter(line -> line.startsWith("\""));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void sameBytesComeBack(String quoted) throws IOException {
    String bytes = text(Notation.words(quoted).get(0)) + LAST_QUESTION;
    assertThat(answersTo(bytes, ours)).isEqualTo(answersTo(bytes, redis));
  }

  /** Nothing follows them, as a server need not read on before it closes. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "*1", "*1\r\n$1"})
  void linesWithoutEndAreRefused(String start) throws IOException {
    String bytes = start + "0".repeat(64 * 1024 + 1);
    assertThat(answersTo(bytes, ours)).isEqualTo(answersTo(bytes, redis));
  }

  private static String answersTo(String bytes, ServerProcess server) throws IOException {
    try (Wire wire = server.connect()) {
      wire.sendRaw(Notation.bytes(bytes)).flush();
      StringBuilder answers = new StringBuilder();
      while (answers.indexOf(LAST_ANSWER) < 0) {
        int next = wire.in().read();
        if (next < 0) {
          return answers + "(closed)";
        }
        answers.append((char) next);
      }
      return answers.toString();
    }
  }
}
