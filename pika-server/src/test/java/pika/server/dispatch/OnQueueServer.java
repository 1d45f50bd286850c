package pika.server.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of which each has a {@link QueueServer} of its own, and a client connected to it. */
@Timeout(60)
abstract class OnQueueServer {
  @TempDir
  private Path directory;

  QueueServer server;
  QueueClient client;

  @BeforeEach
  final void start() throws IOException {
    server = new QueueServer(directory);
    client = server.client();
  }

  @AfterEach
  final void stop() {
    client.close();
    server.close();
  }

  /** Goes on with a new server on the same data, and a new client. */
  final void restart() throws IOException {
    stop();
    start();
  }
}
