package pika.tools.drive;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pika.net.client.ClientLoop;

/**
 * A few connections that send small commands at a fixed rate of a thousand per second, to measure
 * how long other clients wait while one sends huge commands. A command's latency is measured from
 * when it is due, even if all connections are still waiting then, so a pause of the server counts
 * for every command it delayed (no coordinated omission). Used by one thread.
 */
public final class Bystanders implements AutoCloseable {

  private static final int CONNECTIONS = 20;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int DRAIN_SECONDS = 120;
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int VALUE_BYTES = 100;
  private static final long KEYS = 1000;

  private static final Load SMALL = new Load(
      List.of(
          Operation.of(80, "GET small:{n}"), Operation.of(20, "SET small:{n} " + Operation.DATA)),
      1,
      1,
      1,
      Numbers.below(KEYS),
      VALUE_BYTES);

  private final ClientLoop loop;
  private final Thread clock = new Thread(this::tick, "bystanders-clock");
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  // Confined to the loop.
  private final Bursts bursts = new Bursts(SMALL);
  private final Members members = new Members();
  private final Deque<Sender> idle = new ArrayDeque<>();
  private final Deque<Long> due = new ArrayDeque<>();
  private Histogram latencies = histogram();
  private @Nullable CompletableFuture<Histogram> asked;

  private Bystanders(ClientLoop loop) {
    this.loop = loop;
    clock.setDaemon(true);
  }

  /** Opens the connections and starts sending. */
  public static Bystanders open(SocketAddress server) throws IOException, InterruptedException {
    Bystanders bystanders = new Bystanders(ClientLoop.start("bystanders"));
    try {
      Arrivals.await(
          bystanders.loop,
          server,
          CONNECTIONS,
          arrivals -> new Sender(arrivals, bystanders.bursts, bystanders.members));
      bystanders.clock.start();
      return bystanders;
    } catch (IOException | InterruptedException e) {
      bystanders.close();
      throw e;
    }
  }

  /**
   * The latencies, in nanoseconds, of all commands due since the last call.
   *
   * @throws IOException if a command failed or was not answered for minutes
   */
  public Histogram take() throws IOException, InterruptedException {
    CompletableFuture<Histogram> answer = new CompletableFuture<>();
    loop.execute(() -> {
      asked = answer;
      giveIfAllAnswered();
    });
    try {
      Histogram taken = answer.get(DRAIN_SECONDS, TimeUnit.SECONDS);
      if (failure != null) {
        throw new IOException("a small command failed", failure);
      }
      return taken;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("small commands were not answered in " + DRAIN_SECONDS + " s", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }

  private void tick() {
    long until = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(TICK_NANOS);
      long now = System.nanoTime();
      // If this thread is late, that is not the server's fault, but the rate must not drop.
      long ticks = (now - until) / TICK_NANOS;
      until += ticks * TICK_NANOS;
      try {
        loop.execute(() -> due(now, ticks));
      } catch (IllegalStateException e) {
        // Closed just now.
        return;
      }
    }
  }

  private void due(long nanos, long commands) {
    // While take() waits for the commands due before, no new one becomes due.
    for (long i = 0; i < commands && asked == null; i++) {
      due.addLast(nanos);
      sendNext();
    }
  }

  private void sendNext() {
    Sender next = idle.peekFirst();
    if (next != null && !due.isEmpty()) {
      idle.removeFirst();
      next.send(due.removeFirst());
    }
  }

  private void giveIfAllAnswered() {
    CompletableFuture<Histogram> answer = asked;
    boolean allAnswered = due.isEmpty() && idle.size() == CONNECTIONS;
    if (answer != null && (allAnswered || failure != null)) {
      answer.complete(latencies);
      latencies = histogram();
      asked = null;
    }
  }

  private static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, 3);
  }

  private final class Members implements Sender.Crew {

    @Override
    public void joined(Sender sender) {
      idle.addLast(sender);
    }

    @Override
    public void answered(Sender sender, long nanos) {
      latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
      idle.addLast(sender);
      sendNext();
      giveIfAllAnswered();
    }

    @Override
    public void failed(IOException cause) {
      failure = cause;
      giveIfAllAnswered();
    }
  }
}
