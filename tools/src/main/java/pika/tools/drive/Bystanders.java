package pika.tools.drive;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pika.net.client.ClientLoop;
import pika.net.client.FrameConnection;
import pika.net.client.FrameListener;
import pika.tools.load.Values;

/**
 * A few connections with small commands, a thousand a second whatever the server does: how long the
 * others wait while one asks for much. A command's time begins when it is due, also if all
 * connections still wait for their replies then, so that a pause of the server counts for all that
 * it held up. Used by one thread.
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
      KEYS,
      VALUE_BYTES);

  private final ClientLoop loop;
  private final Thread clock = new Thread(this::tick, "bystanders-clock");
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  // Confined to the loop.
  private final SplittableRandom random = new SplittableRandom(1);
  private final Values values = new Values(VALUE_BYTES, 1);
  private final Burst[] bursts = new Burst[16];
  private final Deque<Member> idle = new ArrayDeque<>();
  private final Deque<Long> due = new ArrayDeque<>();
  private Histogram latencies = histogram();
  private @Nullable CompletableFuture<Histogram> asked;

  private Bystanders(ClientLoop loop) {
    this.loop = loop;
    for (int i = 0; i < bursts.length; i++) {
      bursts[i] = Burst.of(SMALL, random, values);
    }
    clock.setDaemon(true);
  }

  /** Opens the connections and begins. */
  public static Bystanders open(SocketAddress server) throws IOException, InterruptedException {
    Bystanders bystanders = new Bystanders(ClientLoop.start("bystanders"));
    try {
      Arrivals.await(
          bystanders.loop, server, CONNECTIONS, arrivals -> bystanders.new Member(arrivals));
      bystanders.clock.start();
      return bystanders;
    } catch (IOException | InterruptedException e) {
      bystanders.close();
      throw e;
    }
  }

  /**
   * The times, in nanoseconds, of all commands that were due since the last time.
   *
   * @throws IOException if a command was refused, or not answered for minutes
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
    while (!closed) {
      LockSupport.parkNanos(TICK_NANOS);
      long now = System.nanoTime();
      try {
        loop.execute(() -> due(now));
      } catch (IllegalStateException e) {
        // Closed just now.
        return;
      }
    }
  }

  private void due(long nanos) {
    // While somebody waits for what was due before, nothing new is.
    if (asked == null) {
      due.addLast(nanos);
      sendNext();
    }
  }

  private void sendNext() {
    Member next = idle.peekFirst();
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

  private final class Member implements FrameListener {

    private final Arrivals arrivals;
    private @Nullable FrameConnection connection;
    private long dueNanos;

    Member(Arrivals arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public void opened(FrameConnection opened) {
      connection = opened;
      idle.addLast(this);
      arrivals.here();
    }

    @Override
    public void received(FrameConnection from) {
      if (from.errors() > 0) {
        failure = new IOException("refused: " + from.firstError());
      }
      latencies.recordValue(Math.min(System.nanoTime() - dueNanos, LONGEST_NANOS));
      idle.addLast(this);
      sendNext();
      giveIfAllAnswered();
    }

    @Override
    public void lost(FrameConnection from, IOException cause) {
      arrivals.failed(cause);
      failure = cause;
      giveIfAllAnswered();
    }

    void send(long due) {
      dueNanos = due;
      FrameConnection to = connection;
      if (to != null) {
        byte[] bytes = bursts[random.nextInt(bursts.length)].bytes(random, KEYS);
        to.send(bytes, 0, bytes.length);
      }
    }
  }
}
