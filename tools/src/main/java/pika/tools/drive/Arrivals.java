package pika.tools.drive;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pika.net.client.ClientLoop;
import pika.net.client.FrameConnection;
import pika.net.client.FrameListener;

/**
 * Opens many connections, a few hundred at a time, because a server's listen queue is no longer.
 */
final class Arrivals {

  private static final int AT_ONCE = 256;
  private static final int LIMIT_SECONDS = 60;

  private final Semaphore window = new Semaphore(AT_ONCE);
  private volatile @Nullable IOException failure;

  private Arrivals() {}

  /**
   * Returns when all are ready, as their listeners report through {@link #here}.
   *
   * @throws IOException if one cannot be opened or is not ready in time
   */
  static void await(
      ClientLoop loop, SocketAddress address, int count, Function<Arrivals, FrameListener> listener)
      throws IOException, InterruptedException {
    Arrivals arrivals = new Arrivals();
    for (int i = 0; i < count; i++) {
      arrivals.await(1, i);
      FrameConnection.open(loop, address, listener.apply(arrivals));
    }
    arrivals.await(AT_ONCE, count);
  }

  void here() {
    window.release();
  }

  void failed(IOException cause) {
    failure = cause;
    window.release();
  }

  private void await(int permits, int opened) throws IOException, InterruptedException {
    boolean inTime = window.tryAcquire(permits, LIMIT_SECONDS, TimeUnit.SECONDS);
    IOException cause = failure;
    if (cause != null || !inTime) {
      String why = cause == null ? "no answer in " + LIMIT_SECONDS + " s" : cause.getMessage();
      throw new IOException("after " + opened + " connections: " + why, cause);
    }
  }
}
