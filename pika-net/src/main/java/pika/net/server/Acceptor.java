package pika.net.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.tls.TlsContext;
import pika.net.transport.Transport;

/**
 * Turns every accepted socket into a connection or refuses it, and keeps the table of all
 * connections.
 */
@Sharable
final class Acceptor extends ChannelInitializer<Channel> {

  private static final byte[] TOO_MANY =
      "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Above the high mark a channel counts as not writable, below the low mark as writable again. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(16 * 1024, 64 * 1024);

  /** Read buffers of TLS connections: room for several records, allocated only while reading. */
  private static final RecvByteBufAllocator TLS_READS =
      new AdaptiveRecvByteBufAllocator(2 * 1024, 16 * 1024, Loop.READ_BYTES);

  private final Transport transport;
  private final Function<Channel, Loop> loopOf;
  private final Supplier<ConnectionOptions> options;
  private final @Nullable String unixPath;

  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  /** Runs the expensive part of handshakes, so that many new clients do not stall a loop. */
  private final ExecutorService handshakes =
      Executors.newFixedThreadPool(1, new DefaultThreadFactory("net-tls", true));

  private volatile @Nullable TlsContext tls;

  /** {@code unixSocket} is the path of the server's Unix socket. */
  Acceptor(
      Transport transport,
      Function<Channel, Loop> loopOf,
      Supplier<ConnectionOptions> options,
      @Nullable Path unixSocket) {
    this.transport = transport;
    this.loopOf = loopOf;
    this.options = options;
    this.unixPath = unixSocket == null ? null : unixSocket.toString();
  }

  @Override
  protected void initChannel(Channel channel) {
    if (isAdmitted(channel)) {
      channel.config().setRecvByteBufAllocator(loopOf.apply(channel).receiveBuffer());
      connect(channel);
    } else {
      channel
          .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The same for the TLS port, except that a refusal before the handshake cannot send an error. */
  ChannelHandler forTls() {
    return new ChannelInitializer<>() {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // Closed, or about to be.
      protected void initChannel(Channel channel) {
        TlsContext context = tls;
        if (context == null || !isAdmitted(channel)) {
          channel.close();
          return;
        }
        channel.config().setRecvByteBufAllocator(TLS_READS);
        channel.pipeline().addLast(context.handler(channel.alloc(), handshakes));
        connect(channel);
      }
    };
  }

  void tls(TlsContext context) {
    this.tls = context;
  }

  void close() {
    handshakes.shutdown();
  }

  /**
   * Whether there is room for one more client. If so, the channel holds its place until it is
   * closed, whatever else goes wrong with it.
   */
  private boolean isAdmitted(Channel channel) {
    if (admitted.incrementAndGet() > options.get().maxClients()) {
      admitted.decrementAndGet();
      rejected.incrementAndGet();
      return false;
    }
    channel.closeFuture().addListener(closed -> admitted.decrementAndGet());
    return true;
  }

  private void connect(Channel channel) {
    configure(channel);
    Loop loop = loopOf.apply(channel);
    Endpoints endpoints = Endpoints.of(channel, transport, unixPath);
    Connection connection = new Connection(received.incrementAndGet(), loop, channel, endpoints);
    connections.put(connection.id(), connection);
    channel.closeFuture().addListener(closed -> connections.remove(connection.id()));
    channel.pipeline().addLast(new ConnectionHandler(connection));
  }

  Map<Long, Connection> connections() {
    return connections;
  }

  long received() {
    return received.get();
  }

  long rejected() {
    return rejected.get();
  }

  private void configure(Channel channel) {
    channel
        .config()
        .setWriteBufferWaterMark(WATER_MARK)
        .setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    if (channel.remoteAddress() instanceof InetSocketAddress) {
      channel.config().setOption(ChannelOption.TCP_NODELAY, true);
      int keepAliveSeconds = options.get().keepAliveSeconds();
      if (keepAliveSeconds > 0) {
        transport.keepAlive(channel, keepAliveSeconds);
      }
    }
  }
}
