package pika.net.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.net.server.Running;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FrameConnectionTest {

  @Test
  void manyAreDrivenByOneThread() throws Exception {
    int connections = 200;
    Pipelines pipelines = new Pipelines("PING\r\n".repeat(7), 7, 20, connections);
    run(pipelines, connections);

    assertThat(pipelines.frames.get()).isEqualTo(7L * 20 * connections);
    assertThat(pipelines.errors.get()).isZero();
  }

  @Test
  void whatTheSocketHasNoRoomForIsSentLater() throws Exception {
    int length = 20 << 20;
    String large = "*2\r\n$4\r\nECHO\r\n$" + length + "\r\n" + "x".repeat(length) + "\r\n";
    Pipelines pipelines = new Pipelines(large + large, 2, 2, 1);
    run(pipelines, 1);

    assertThat(pipelines.frames.get()).isEqualTo(4);
  }

  private static void run(Pipelines pipelines, int connections) throws Exception {
    try (Running server = Running.withDefaults();
        ClientLoop loop = ClientLoop.start("frames")) {
      for (int i = 0; i < connections; i++) {
        FrameConnection.open(
            loop,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
            pipelines.connection());
      }
      pipelines.ended.await();
    }
  }

  /** Sends the same bytes again as soon as all of them are answered. */
  private static final class Pipelines {
    final AtomicLong frames = new AtomicLong();
    final AtomicLong errors = new AtomicLong();
    final CountDownLatch ended;
    private final byte[] request;
    private final int depth;
    private final int rounds;

    Pipelines(String request, int depth, int rounds, int connections) {
      this.request = request.getBytes(StandardCharsets.US_ASCII);
      this.depth = depth;
      this.rounds = rounds;
      this.ended = new CountDownLatch(connections);
    }

    FrameListener connection() {
      return new FrameListener() {
        @Override
        public void opened(FrameConnection connection) {
          connection.send(request, 0, request.length);
        }

        @Override
        public void received(FrameConnection connection) {
          long count = connection.frames();
          if (count == (long) depth * rounds) {
            connection.close();
          } else if (count % depth == 0) {
            connection.send(request, 0, request.length);
          }
        }

        @Override
        public void lost(FrameConnection connection, IOException cause) {
          frames.addAndGet(connection.frames());
          errors.addAndGet(connection.errors());
          ended.countDown();
        }
      };
    }
  }
}
