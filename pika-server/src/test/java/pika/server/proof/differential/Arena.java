package pika.server.proof.differential;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/**
 * Where stories are played: the oracle, the server under test, and the one connection to each that
 * the steps share. Confined to the test's thread.
 */
final class Arena implements AutoCloseable {
  /** How the server under test ends in the middle of a story. The oracle lives on. */
  enum Ending {
    SIGTERM,
    SIGKILL
  }

  private final ServerProcess oracle;
  private final ServerProcess subject;
  private final Protocol protocol;
  private final Thresholds thresholds;
  private Duo duo;
  private boolean restarted;
  private Duration patience = Duration.ofSeconds(30);

  /** Two servers that were started with {@code thresholds}. */
  Arena(ServerProcess oracle, ServerProcess subject, Protocol protocol, Thresholds thresholds)
      throws IOException {
    this.oracle = oracle;
    this.subject = subject;
    this.protocol = protocol;
    this.thresholds = thresholds;
    this.duo = aside();
  }

  /** The connections of the story. */
  Duo duo() {
    return duo;
  }

  Thresholds thresholds() {
    return thresholds;
  }

  /** Another pair of connections, for a look that leaves those of the story as they are. */
  Duo aside() throws IOException {
    return new Duo(oracle, subject, protocol, patience);
  }

  /** Stories that are told again need not wait as long for what does not come. */
  void hurry() {
    patience = Duration.ofSeconds(2);
  }

  /**
   * Empties both servers and connects anew; a server that the last story was too much for restarts.
   */
  void clear() throws IOException {
    if (!subject.isAlive()) {
      subject.startAgain();
    }
    try {
      flush();
    } catch (SocketTimeoutException stuck) {
      restartSubject(Ending.SIGKILL);
      flush();
    }
    restarted = false;
  }

  private void flush() throws IOException {
    reconnect();
    for (Wire wire : List.of(duo.oracle(), duo.subject())) {
      wire.ask("FLUSHALL");
      wire.ask("SCRIPT", "FLUSH");
    }
    // Functions are no data: they outlive it.
    duo.oracle().ask("FUNCTION", "FLUSH");
    duo.subject().ask("FUNCTION", "FLUSH");
  }

  void reconnect() throws IOException {
    duo.close();
    duo = aside();
  }

  void restartSubject(Ending ending) throws IOException {
    if (ending == Ending.SIGTERM) {
      subject.terminate();
    } else {
      subject.kill();
    }
    subject.startAgain();
    restarted = true;
    reconnect();
    // Scripts don't outlive their server, and the oracle's lives on.
    duo.oracle().ask("SCRIPT", "FLUSH");
  }

  /** Whether the server under test has read its data back from disk in this story. */
  boolean subjectRestarted() {
    return restarted;
  }

  @Override
  public void close() throws IOException {
    duo.close();
  }
}
