package pika.net.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.ProtocolException;

/**
 * A socket on a {@link ClientLoop}. The loop connects and reads; the owner writes, one thread at a
 * time, and can ask to be notified when there is room again. A link ends once, with a cause.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Receives events on the loop's thread, except {@link #broken}, which any thread may cause. */
  interface Owner {
    void connected();

    /** Bytes have arrived: {@code in} up to {@code to}, valid during the call. */
    void received(byte[] in, int to) throws IOException, ProtocolException;

    /** The socket has room again, after {@link #awaitRoom}. */
    void writable();

    /** Called once; no later event, except one the loop is just delivering. */
    void broken(IOException cause);
  }

  /** The JDK copies heap buffers off-heap to write them; this bounds that copy. */
  private static final int WRITE_BYTES = 128 * 1024;

  private final SocketAddress address;
  private final ClientLoop loop;
  private final SocketChannel channel;
  private final Owner owner;
  private final ByteBuffer input;
  private final AtomicBoolean broken = new AtomicBoolean();
  private volatile @Nullable SelectionKey key;

  private Link(SocketAddress address, ClientLoop loop, SocketChannel channel, Owner owner) {
    this.address = address;
    this.loop = loop;
    this.channel = channel;
    this.owner = owner;
    this.input = ByteBuffer.wrap(loop.input());
  }

  /** A link that {@link #open} connects: its owner must have it before the first event. */
  static Link to(SocketAddress address, ClientLoop loop, Owner owner) throws IOException {
    SocketChannel channel;
    if (address instanceof UnixDomainSocketAddress) {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    } else {
      channel = SocketChannel.open();
    }
    Link link = new Link(address, loop, channel, owner);
    try {
      channel.configureBlocking(false);
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return link;
  }

  /** Starts to connect; the owner learns of the outcome. */
  void open() {
    try {
      loop.execute(this::connect);
    } catch (IllegalStateException e) {
      fail(new IOException(e.getMessage(), e));
    }
  }

  SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  /**
   * Writes as much of {@code bytes} as the socket has room for.
   *
   * @return whether that was everything
   */
  boolean write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + WRITE_BYTES));
        channel.write(bytes);
        if (bytes.hasRemaining()) {
          return false;
        }
      }
      return true;
    } finally {
      bytes.limit(end);
    }
  }

  /** Requests a call of {@link Owner#writable} once the socket has room. */
  void awaitRoom() throws IOException {
    SelectionKey registered = key;
    if (registered == null || !registered.isValid()) {
      throw new ClosedChannelException();
    }
    registered.interestOpsOr(SelectionKey.OP_WRITE);
    loop.wakeUp();
  }

  /** Ends the connection; only the first cause counts. May be called from any thread. */
  void fail(IOException cause) {
    if (broken.compareAndSet(false, true)) {
      try {
        // First: whoever finds the channel closed must be able to find out why.
        owner.broken(cause);
      } finally {
        closeChannel();
      }
    }
  }

  /** On the loop's thread. */
  void ready(int operations) {
    try {
      if ((operations & SelectionKey.OP_CONNECT) != 0) {
        channel.finishConnect();
        interested(SelectionKey.OP_READ);
        owner.connected();
      }
      if ((operations & SelectionKey.OP_READ) != 0) {
        read();
      }
      if ((operations & SelectionKey.OP_WRITE) != 0) {
        interested(SelectionKey.OP_READ);
        owner.writable();
      }
    } catch (ProtocolException e) {
      fail(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void connect() {
    try {
      if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
        throw new UnknownHostException("unknown host " + inet.getHostString());
      }
      boolean done = channel.connect(address);
      int operation = done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
      key = channel.register(loop.selector(), operation, this);
      if (done) {
        owner.connected();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // The loop has just been closed, or no socket takes this address.
      fail(new IOException(String.valueOf(e), e));
    }
  }

  /** Reads once: if more is left, the selector returns at once, after serving other connections. */
  private void read() throws IOException, ProtocolException {
    input.clear();
    int count = channel.read(input);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    owner.received(input.array(), count);
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a broken connection failed", e);
    }
    // The selector releases the socket when it next processes its keys.
    loop.wakeUp();
  }

  private void interested(int operations) {
    SelectionKey registered = key;
    if (registered != null) {
      registered.interestOps(operations);
    }
  }
}
