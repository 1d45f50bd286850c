package pika.net.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.tls.TlsContext;
import pika.net.transport.SteadyLoops;
import pika.net.transport.Transport;

/**
 * Listens, accepts, and distributes connections over event loops. Safe for use by any thread.
 */
public final class NetServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NetServer.class);

  /** How long {@link #close} waits for pending replies, and then for the loops to end. */
  private static final int CLOSING_SECONDS = 3;

  private final Transport transport;
  private final SteadyLoops group;
  private final List<Loop> loops = new ArrayList<>();
  private final Acceptor acceptor;
  private final Listening listening;
  private final NetOptions options;
  private volatile ConnectionOptions connectionOptions;
  private volatile Runnable whenLoopIsLost = () -> {};
  private volatile boolean closing;

  /** Creates the loops; nothing listens before {@link #start}. */
  public NetServer(NetOptions options, RequestListener listener) {
    this(options, listener, Transport.best());
  }

  NetServer(NetOptions options, RequestListener listener, Transport transport) {
    this.options = options;
    this.connectionOptions = options.connections();
    this.transport = transport;
    this.group = new SteadyLoops(
        options.loops(), new DefaultThreadFactory("net"), transport.ioHandlerFactory());
    for (EventExecutor executor : group) {
      loops.add(new Loop(
          loops.size(),
          options.loops(),
          (EventLoop) executor,
          listener,
          () -> connectionOptions,
          this::heldBytes));
      executor.terminationFuture().addListener(ended -> loopEnded());
    }
    this.acceptor =
        new Acceptor(transport, this::loopOf, () -> connectionOptions, options.unixSocket());
    this.listening = new Listening(transport, acceptor, group, loops);
  }

  /**
   * Checks whether {@link #start} would find its addresses free, without listening on any, so that
   * a server that cannot start has not done anything yet.
   *
   * @throws BindException naming the address in use
   */
  public static void requireFree(NetOptions options) throws BindException {
    Listening.requireFree(options);
  }

  /**
   * Listens on all configured addresses.
   *
   * @throws BindException naming the address that cannot be bound; then nothing listens, and the
   *     caller must still {@link #close}
   */
  public void start() throws BindException {
    loops.forEach(Loop::start);
    listening.open(options);
  }

  /**
   * Sets the TLS context of new connections; existing ones keep theirs. Without one, the TLS port
   * refuses every connection.
   */
  public void tls(TlsContext context) {
    acceptor.tls(context);
  }

  /** The bound TCP addresses, with the actual port where the options said 0. */
  public List<InetSocketAddress> addresses() {
    return listening.addresses();
  }

  /** The same for TLS. */
  public List<InetSocketAddress> tlsAddresses() {
    return listening.tlsAddresses();
  }

  /** Both in Redis' format: {@code 127.0.0.1:9221}, {@code [::1]:9221 (TLS)}. */
  public List<String> addressTexts() {
    List<String> texts = new ArrayList<>();
    addresses().forEach(address -> texts.add(Endpoints.print(address)));
    tlsAddresses().forEach(address -> texts.add(Endpoints.print(address) + " (TLS)"));
    return texts;
  }

  public List<Loop> loops() {
    return Collections.unmodifiableList(loops);
  }

  /** {@code epoll} or {@code nio}. */
  public String transportName() {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  /** All connections; a weakly consistent view. */
  public Iterable<Connection> connections() {
    return Collections.unmodifiableCollection(acceptor.connections().values());
  }

  public int connectionCount() {
    return acceptor.connections().size();
  }

  public @Nullable Connection connection(long id) {
    return acceptor.connections().get(id);
  }

  /** Replaces the options of new and existing connections. */
  public void reconfigure(ConnectionOptions changed) {
    connectionOptions = changed;
  }

  public NetStats stats() {
    long in = 0;
    long out = 0;
    long reads = 0;
    long writes = 0;
    for (Loop loop : loops) {
      in += loop.inputBytes();
      out += loop.outputBytes();
      reads += loop.reads();
      writes += loop.writes();
    }
    return new NetStats(acceptor.received(), acceptor.rejected(), in, out, reads, writes);
  }

  /** The bytes that all connections hold on the heap: requests and unread replies. */
  public long heldBytes() {
    long held = 0;
    for (Loop loop : loops) {
      held += loop.heldBytes();
    }
    return held;
  }

  /**
   * Sets what to run if a loop ends without {@link #close}: its connections are then lost, and
   * clients accepted on it are never served.
   */
  public void onLostLoop(Runnable action) {
    whenLoopIsLost = action;
  }

  private void loopEnded() {
    if (!closing) {
      whenLoopIsLost.run();
    }
  }

  /** Accepts no further connections; existing ones continue. */
  public void stopAccepting() {
    listening.close();
  }

  /**
   * Stops accepting, gives pending replies a few seconds to be sent, closes all connections and
   * ends the loops. Takes seconds at most, even if a loop does not end (see {@link #isQuiet}). Must
   * not be called on a loop's thread.
   */
  @Override
  public void close() {
    closing = true;
    stopAccepting();
    Collection<Connection> remaining = acceptor.connections().values();
    remaining.forEach(Connection::closeAfterReplies);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
    for (Connection connection : remaining) {
      long leftNanos = deadline - System.nanoTime();
      connection.channel().closeFuture().awaitUninterruptibly(leftNanos, TimeUnit.NANOSECONDS);
    }
    boolean ended = group
        .shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSING_SECONDS + 1, TimeUnit.SECONDS);
    if (ended) {
      loops.forEach(Loop::release);
    } else {
      log.warn("shutdown: an event loop is still busy after the timeout, continuing without it");
    }
    acceptor.close();
  }

  /**
   * After {@link #close}: whether all loops have ended, so that the listener is not called again.
   */
  public boolean isQuiet() {
    return group.isTerminated();
  }

  private Loop loopOf(Channel channel) {
    for (Loop loop : loops) {
      if (loop.eventLoop() == channel.eventLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("a channel on a foreign loop: " + channel);
  }
}
