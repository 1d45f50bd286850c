package pika.tools.drive;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pika.net.client.ClientLoop;

/**
 * A load on a server, from the first connection to the last reply. All work happens on the loop's
 * thread; one other thread decides when to begin, to measure and to end.
 *
 * <p>As many connections as are active have a pipeline in flight. One that is answered goes to the
 * end of the queue and the first of the queue sends, so that all take turns.
 */
public final class Drive implements AutoCloseable {

  private static final int DRAIN_SECONDS = 60;
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  private final ClientLoop loop;
  private final Load load;
  private final Bursts bursts;
  private final Members members = new Members();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile @Nullable IOException failure;

  // Confined to the loop.
  private final Deque<Sender> idle = new ArrayDeque<>();
  private Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
  private int underWay;
  private boolean ending;
  private boolean measuring;
  private long measuredFrom;
  private long operations;

  private Drive(ClientLoop loop, Load load) {
    this.loop = loop;
    this.load = load;
    this.bursts = new Bursts(load);
  }

  /**
   * Opens the connections without sending anything.
   *
   * @throws IOException if not all can be opened
   */
  public static Drive open(SocketAddress server, Load load)
      throws IOException, InterruptedException {
    Drive drive = new Drive(ClientLoop.start("drive"), load);
    try {
      Arrivals.await(
          drive.loop,
          server,
          load.connections(),
          arrivals -> new Sender(arrivals, drive.bursts, drive.members));
      return drive;
    } catch (IOException | InterruptedException e) {
      drive.close();
      throw e;
    }
  }

  /** Opens connections that subscribe to a channel; returns when all have. */
  public void subscribe(SocketAddress server, int subscribers, String channel)
      throws IOException, InterruptedException {
    Arrivals.await(
        loop, server, subscribers, arrivals -> new Subscriber(arrivals, channel, members::failed));
  }

  /** Starts sending. */
  public void begin() {
    loop.execute(() -> {
      for (int i = 0; i < load.active(); i++) {
        sendNext();
      }
    });
  }

  /** Waits while the load runs. */
  public void await(double seconds) throws IOException, InterruptedException {
    if (failed.await((long) (seconds * TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS)) {
      IOException cause = failure;
      throw new IOException(cause == null ? "failed" : cause.getMessage(), cause);
    }
  }

  /** Starts counting. */
  public void measure() {
    loop.execute(() -> {
      measuring = true;
      measuredFrom = System.nanoTime();
    });
  }

  /**
   * The result since {@link #measure} or the last lap; counting continues.
   *
   * @throws IOException if the load failed
   */
  public Outcome lap() throws IOException, InterruptedException {
    CompletableFuture<Outcome> lap = new CompletableFuture<>();
    loop.execute(() -> {
      long now = System.nanoTime();
      lap.complete(new Outcome(operations, (now - measuredFrom) / 1e9, latencies));
      latencies = new Histogram(LONGEST_NANOS, DIGITS);
      operations = 0;
      measuredFrom = now;
    });
    await(0);
    return lap.join();
  }

  /**
   * Stops counting and sending, and waits for what is in flight.
   *
   * @throws IOException if the load failed or some of it is never answered
   */
  public Outcome end() throws IOException, InterruptedException {
    long[] measuredNanos = new long[1];
    loop.execute(() -> {
      measuring = false;
      ending = true;
      measuredNanos[0] = System.nanoTime() - measuredFrom;
      if (underWay == 0) {
        drained.countDown();
      }
    });
    if (!drained.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("no answer in " + DRAIN_SECONDS + " s", new TimeoutException());
    }
    await(0);
    return new Outcome(operations, measuredNanos[0] / 1e9, latencies);
  }

  @Override
  public void close() {
    loop.close();
  }

  private void sendNext() {
    underWay++;
    idle.removeFirst().send(System.nanoTime());
  }

  /** Receives the events of the connections. */
  private final class Members implements Sender.Crew {

    @Override
    public void joined(Sender sender) {
      idle.addLast(sender);
    }

    @Override
    public void answered(Sender sender, long nanos) {
      underWay--;
      if (measuring) {
        latencies.recordValueWithCount(Math.min(nanos, LONGEST_NANOS), load.pipeline());
        operations += load.pipeline();
      }
      idle.addLast(sender);
      if (!ending) {
        sendNext();
      } else if (underWay == 0) {
        drained.countDown();
      }
    }

    @Override
    public void failed(IOException cause) {
      boolean over = ending && underWay == 0;
      if (!over) {
        failure = cause;
        failed.countDown();
        drained.countDown();
      }
    }
  }
}
