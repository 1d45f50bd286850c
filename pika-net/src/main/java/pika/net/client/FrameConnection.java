package pika.net.client;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.net.resp.FrameCounter;
import pika.net.resp.ProtocolException;

/**
 * A load generator's connection: sends pre-encoded bytes and counts the frames that come back. It
 * costs no thread, no object per reply, and no buffer while idle. Thousands of them share a {@link
 * ClientLoop}; all methods except {@link #close} must be called on its thread.
 */
public final class FrameConnection implements AutoCloseable {

  private static final byte[] NOTHING = {};

  private final ClientLoop loop;
  private final FrameListener listener;
  private final FrameCounter counter = new FrameCounter();
  private final Link link;
  /** Bytes for which the socket had no room yet. */
  private byte[] rest = NOTHING;

  private int restFrom;

  private FrameConnection(ClientLoop loop, SocketAddress address, FrameListener listener)
      throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.link = Link.to(address, loop, new Told());
  }

  /** Starts to connect; the listener learns of the outcome. */
  public static FrameConnection open(ClientLoop loop, SocketAddress address, FrameListener listener)
      throws IOException {
    FrameConnection connection = new FrameConnection(loop, address, listener);
    connection.link.open();
    return connection;
  }

  /**
   * Sends the bytes from {@code from} to {@code to}. What the socket has no room for is copied and
   * sent later.
   *
   * @throws IllegalStateException if bytes of an earlier call are still unsent, that is, if the
   *     caller has not waited for the replies to them
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

  /** The number of frames received: replies, pushes and RESP2 messages, which look like replies. */
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

  /** Closes the connection soon; may be called from any thread. The listener is notified. */
  @Override
  public void close() {
    try {
      loop.execute(() -> link.fail(new IOException("closed")));
    } catch (IllegalStateException e) {
      // The loop is closed and has closed its connections.
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
