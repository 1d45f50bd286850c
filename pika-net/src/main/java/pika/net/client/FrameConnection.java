package pika.net.client;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.net.resp.FrameCounter;
import pika.net.resp.ProtocolException;

/**
 * A load generator's connection: sends bytes that were encoded once, counts the frames that come
 * back, and costs no thread, no object for a reply, and no buffer while idle. Thousands of them
 * share a {@link ClientLoop}; everything but {@link #close} happens on its thread.
 */
public final class FrameConnection implements AutoCloseable {

  private static final byte[] NOTHING = {};

  private final ClientLoop loop;
  private final FrameListener listener;
  private final FrameCounter counter = new FrameCounter();
  private final Link link;
  /** What the socket had no room for yet. */
  private byte[] rest = NOTHING;

  private int restFrom;

  private FrameConnection(ClientLoop loop, SocketAddress address, FrameListener listener)
      throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.link = Link.to(address, loop, new Told());
  }

  /** Begins to connect; the listener is told of the end of it. */
  public static FrameConnection open(ClientLoop loop, SocketAddress address, FrameListener listener)
      throws IOException {
    FrameConnection connection = new FrameConnection(loop, address, listener);
    connection.link.open();
    return connection;
  }

  /**
   * Sends bytes from {@code from} to {@code to}; what the socket has no room for is kept, in a copy,
   * and sent when it has.
   *
   * @throws IllegalStateException if bytes of an earlier time are still kept, that is if the replies
   *     to them have not been waited for
   */
  public void send(byte[] bytes, int from, int to) {
    if (isSending()) {
      throw new IllegalStateException("what was sent before has not left yet");
    }
    ByteBuffer out = ByteBuffer.wrap(bytes, from, to - from);
    try {
      if (!link.write(out)) {
        rest = Arrays.copyOfRange(bytes, out.position(), to);
        restFrom = 0;
        link.awaitRoom();
      }
    } catch (IOException e) {
      link.fail(e);
    }
  }

  /** Whether bytes wait for room in the socket. */
  public boolean isSending() {
    return restFrom < rest.length;
  }

  /** Frames that have come: replies, pushes and, in RESP2, messages, which look like replies. */
  public long frames() {
    return counter.replies() + counter.pushes();
  }

  /** How many of the replies were errors. */
  public long errors() {
    return counter.errors();
  }

  /** The text of the first reply that was an error. */
  public @Nullable String firstError() {
    return counter.firstError();
  }

  /** Ends the connection, soon and from any thread; the listener is told. */
  @Override
  public void close() {
    try {
      loop.execute(() -> link.fail(new IOException("closed")));
    } catch (IllegalStateException e) {
      // The loop is closed, and has closed its connections.
    }
  }

  private final class Told implements Link.Owner {
    @Override
    public void connected() {
      listener.opened(FrameConnection.this);
    }

    @Override
    public void received(byte[] in, int to) throws ProtocolException {
      long before = frames();
      counter.countAll(in, 0, to);
      if (frames() > before) {
        listener.received(FrameConnection.this);
      }
    }

    @Override
    public void writable() {
      ByteBuffer out = ByteBuffer.wrap(rest, restFrom, rest.length - restFrom);
      try {
        boolean all = link.write(out);
        restFrom = out.position();
        if (all) {
          rest = NOTHING;
          restFrom = 0;
        } else {
          link.awaitRoom();
        }
      } catch (IOException e) {
        link.fail(e);
      }
    }

    @Override
    public void broken(IOException cause) {
      listener.lost(FrameConnection.this, cause);
    }
  }
}
