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
 * A socket on a {@link ClientLoop}. The loop connects and reads; whoever owns the output writes,
 * one thread at a time, and asks to be told when there is room again. It ends once, with a cause.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Who is told; on the loop's thread, but for {@link #broken}, which any thread may cause. */
  interface Owner {
    void connected();

    /** Bytes have come: {@code in} up to {@code to}, valid during the call. */
    void received(byte[] in, int to) throws IOException, ProtocolException;

    /** There is room, which {@link #awaitRoom} asked for. */
    void writable();

    /** Told once; nothing is told after it but what the loop is at just then. */
    void broken(IOException cause);
  }

  /** The JDK copies what it writes off the heap; that copy must not be as large as an argument. */
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

  /** A link that {@link #open} connects: its owner must know it before it is told anything. */
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

  /** Begins to connect; the owner is told of the end of it. */
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
   * Writes what the socket has room for now, from the array beneath {@code bytes}.
   *
   * @return whether that was all
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

  /** Has {@link Owner#writable} called as soon as the socket has room. */
  void awaitRoom() throws IOException {
    SelectionKey registered = key;
    if (registered == null || !registered.isValid()) {
      throw new ClosedChannelException();
    }
    registered.interestOpsOr(SelectionKey.OP_WRITE);
    loop.wakeUp();
  }

  /** Ends the connection; only the first cause counts. From any thread. */
  void fail(IOException cause) {
    if (broken.compareAndSet(false, true)) {
      try {
        // First of all: whoever finds the channel closed is to find out why.
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
      // A loop that has just been closed, or an address that no socket takes.
      fail(new IOException(String.valueOf(e), e));
    }
  }

  /** Once: what is left makes the selector come back at once, after the others have had theirs. */
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
      LOG.debug("closing a connection that is broken anyway", e);
    }
    // The selector lets go of the socket when it looks at its keys.
    loop.wakeUp();
  }

  private void interested(int operations) {
    SelectionKey registered = key;
    if (registered != null) {
      registered.interestOps(operations);
    }
  }
}
