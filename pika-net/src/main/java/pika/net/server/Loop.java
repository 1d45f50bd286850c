package pika.net.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Protocol;
import pika.net.resp.Request;
import pika.net.resp.RequestDecoder;
import pika.net.resp.RespWriter;

/**
 * One event loop: a thread, the connections it owns for life, and the turn it takes after every
 * round of reading.
 *
 * <p>Netty reads from all sockets that are ready and then runs queued tasks. The first event of a
 * round (a burst of requests, a reply from another thread, a socket that is writable again) queues
 * one task, the <em>turn</em>:
 *
 * <pre>
 *   read a, read b, read c            received(a) received(b) received(c)
 *   turn                              passEnded
 *                                     take the replies that other threads left in the inbox
 *                                     encode and flush every connection that has output, once
 * </pre>
 *
 * So a round costs one flush per connection and one hand-off to the listener, however many requests
 * and replies it has.
 */
public final class Loop {

  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  /** The most that is read from a socket at once, into buffers shared by all connections. */
  static final int READ_BYTES = 64 * 1024;

  private final int index;
  private final int loops;
  private final EventLoop eventLoop;
  private final RequestListener listener;
  private final Supplier<ConnectionOptions> options;
  private final LongSupplier heldByAllLoops;

  private final Inbox inbox = new Inbox();
  private final RespWriter writer = new RespWriter(Protocol.RESP2);
  private final ReceiveBuffer receiveBuffer =
      new ReceiveBuffer(ByteBufAllocator.DEFAULT, READ_BYTES);
  private final RequestDecoder.Room room = this::hasRoomFor;
  private final byte[] scratch = new byte[READ_BYTES];
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Counter inputBytes = new Counter();
  private final Counter outputBytes = new Counter();
  private final Counter reads = new Counter();
  private final Counter writes = new Counter();
  private final Counter heldBytes = new Counter();

  private List<Conversation> toFlush = new ArrayList<>();
  private boolean turnQueued;
  private boolean passOpen;
  private volatile @Nullable Object attachment;

  /** The loop with this index among the server's {@code loops}. */
  Loop(
      int index,
      int loops,
      EventLoop eventLoop,
      RequestListener listener,
      Supplier<ConnectionOptions> options,
      LongSupplier heldByAllLoops) {
    this.index = index;
    this.loops = loops;
    this.eventLoop = eventLoop;
    this.listener = listener;
    this.options = options;
    this.heldByAllLoops = heldByAllLoops;
  }

  /** The position among the server's loops, from 0. */
  public int index() {
    return index;
  }

  /**
   * Runs {@code task} on the loop's thread, soon; may be called from any thread. Replies that the
   * task gives are flushed after it.
   *
   * @throws RejectedExecutionException if the server has been closed
   */
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  /**
   * The same, but after the sockets that are ready have been read. For work done in portions: a
   * task that merely executes itself again would starve the sockets until the work is done. Does
   * nothing once the server is closed.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
  public void executeAfterReading(Runnable task) {
    try {
      // Scheduled tasks are polled once per round, queued ones until none is left.
      eventLoop.schedule(task, 0, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("{} has ended; dropping a scheduled task", this);
    }
  }

  /**
   * Runs {@code task} on the loop's thread after {@code delayMs}, unless the result is cancelled
   * first. Waiting costs only memory; cancelling is cheapest on the loop's own thread.
   *
   * @throws RejectedExecutionException if the server has been closed
   */
  public Future<?> schedule(Runnable task, long delayMs) {
    return eventLoop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
  }

  /** Whether the calling thread is the loop's. */
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  /** The listener's attachment to this loop. */
  public @Nullable Object attachment() {
    return attachment;
  }

  public void attach(@Nullable Object value) {
    this.attachment = value;
  }

  @Override
  public String toString() {
    return "loop " + index;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  ConnectionOptions options() {
    return options.get();
  }

  ReceiveBuffer receiveBuffer() {
    return receiveBuffer;
  }

  /** Holds the bytes of a read while they are decoded. */
  byte[] scratch() {
    return scratch;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the event loop.
  void start() {
    eventLoop.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  /** Called after the loop's thread has ended. */
  void release() {
    receiveBuffer.release();
  }

  /** Accepts a delivery from another thread and wakes the loop if nobody has. */
  void deliver(Inbox.Delivery delivery) {
    if (inbox.add(delivery)) {
      try {
        eventLoop.execute(this::turn);
      } catch (RejectedExecutionException e) {
        log.debug("{} has ended; dropping a delivery", this);
      }
    }
  }

  void opened(Connection connection) {
    connections.add(connection);
    guarded(connection, () -> listener.opened(connection));
  }

  void received(Connection connection, List<Request> burst) {
    passOpen = true;
    // Even if the listener answers nothing now: the connection's budgets must be rechecked.
    connection.conversation().touch();
    guarded(connection, () -> listener.received(connection, burst));
  }

  void closed(Connection connection) {
    if (connections.remove(connection)) {
      connection.closed();
      guarded(connection, () -> listener.closed(connection));
    }
  }

  void inputEnded(Connection connection) {
    guarded(connection, () -> listener.inputEnded(connection));
  }

  void touched(Conversation conversation) {
    toFlush.add(conversation);
    if (!turnQueued) {
      eventLoop.execute(this::turn);
      turnQueued = true;
    }
  }

  void read(int bytes) {
    inputBytes.add(bytes);
    reads.add(1);
  }

  void sent(long bytes) {
    if (bytes > 0) {
      outputBytes.add(bytes);
      writes.add(1);
    }
  }

  long reads() {
    return reads.get();
  }

  long writes() {
    return writes.get();
  }

  /** One of the loop's connections holds this many bytes more than before; negative for fewer. */
  void holds(long moreBytes) {
    heldBytes.add(moreBytes);
  }

  /** The bytes that the loop's connections hold on the heap: requests and unread replies. */
  long heldBytes() {
    return heldBytes.get();
  }

  /** Whether the loop's connections hold at least 1 / {@code part} of the loop's share. */
  boolean isCrowded(int part) {
    return isLarge(heldBytes.get(), part);
  }

  /** Whether {@code bytes} is at least 1 / {@code part} of the loop's share. */
  boolean isLarge(long bytes, int part) {
    return bytes >= options().heldBytes() / loops / part;
  }

  /** Decides whether a request may grow. */
  RequestDecoder.Room room() {
    return room;
  }

  private boolean hasRoomFor(long bytes) {
    return heldByAllLoops.getAsLong() + bytes <= options().heldBytes();
  }

  long inputBytes() {
    return inputBytes.get();
  }

  long outputBytes() {
    return outputBytes.get();
  }

  /** The loop survives whatever the listener throws, including OutOfMemoryError. */
  private void turn() {
    if (passOpen) {
      passOpen = false;
      try {
        listener.passEnded(this);
      } catch (RuntimeException | Error e) {
        toFlush.forEach(Conversation::abandon);
        report(
            "{}: failure at the end of a read pass; abandoning the connections concerned", this, e);
      }
    }
    takeDeliveries();
    turnQueued = false;
    List<Conversation> flushing = toFlush;
    toFlush = new ArrayList<>(flushing.size());
    long nanos = System.nanoTime();
    for (Conversation conversation : flushing) {
      flush(conversation, nanos);
    }
  }

  /**
   * Whatever goes wrong, the other connections must still be flushed: they are marked as touched
   * and would never be queued again.
   */
  private void flush(Conversation conversation, long nanos) {
    try {
      conversation.flush(writer, nanos);
    } catch (RuntimeException | Error e) {
      conversation.connection().close();
      writer.clear();
      report("Client {} closed: flushing its replies failed", conversation.connection(), e);
    }
  }

  private void takeDeliveries() {
    Inbox.Delivery delivery = inbox.takeAll();
    while (delivery != null) {
      Inbox.Delivery next = Inbox.after(delivery);
      try {
        delivery.deliver();
      } catch (RuntimeException | Error e) {
        report("{}: delivering a message from another thread failed; it is dropped", this, e);
      }
      delivery = next;
    }
  }

  /** Must not throw: a periodic task that throws never runs again. */
  private void sweep() {
    try {
      long nanos = System.nanoTime();
      for (Connection connection : connections) {
        guarded(connection, () -> connection.conversation().sweep(nanos));
      }
    } catch (RuntimeException | Error e) {
      report("{}: the periodic check of idle clients and limits failed; it is repeated", this, e);
    }
  }

  private static void guarded(Connection connection, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      connection.close();
      report("Client {} closed after an unexpected failure", connection, e);
    }
  }

  /** Logs a failure, unless there is no memory for that: the turn must go on. */
  private static void report(String message, Object concerned, Throwable failure) {
    try {
      log.error(message, concerned, failure);
    } catch (OutOfMemoryError e) {
      // The failure was most likely the same one.
    }
  }
}
