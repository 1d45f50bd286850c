package pika.net.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;

/**
 * One connection to a server, shared by any number of threads.
 *
 * <pre>
 *   thread 1   batch.add ... add ... add   [own buffer]--full or flushed--+
 *   thread 2   batch.add ... add           [own buffer]--full or flushed--+--> socket --> server
 *   thread 3   call(command)               [the client's]-----------------+       |
 *                                                                                 v
 *   each one's own replies  <----------- in sending order ------------ the loop always reads
 * </pre>
 *
 * <p>{@link #call} sends one command at once and waits for its reply; {@link #batch} and
 * {@link #countedBatch} create pipelines, each confined to one thread and with its own buffer. A
 * call neither flushes a batch that its thread has in progress nor waits for it, so it overtakes
 * what that batch has not sent yet. What is sent in one piece, a call or a buffer of whole
 * commands, stays in one piece on the wire.
 *
 * <p>Connection state is shared by all threads: the selected database, the user, a transaction.
 * Another thread's commands may come between MULTI and EXEC. Pub/sub needs a connection that speaks
 * RESP3 (HELLO 3), where messages are pushes; in RESP2 they cannot be told from replies.
 *
 * <p>Everything is bounded by {@link ClientOptions}: a batch's buffer, and what is in flight; a
 * sender waits when that is full. Replies are read while other threads write, so full sockets on
 * both sides cannot deadlock. An argument that does not fit a buffer is written directly from its
 * array.
 *
 * <p>Errors: an error reply is a reply. If the connection breaks or the server is silent for too
 * long, every call and batch with outstanding replies fails with a {@link ConnectionLostException},
 * once; later ones fail immediately. A client does not reconnect. An interrupt while waiting for
 * replies only ends the wait; in the middle of writing a command it ends the connection.
 */
public final class Client implements AutoCloseable {

  private static final String LOOP_NAME = "client-loop";

  private final Wire wire;
  private final AutoCloseable ownLoop;

  private Client(Wire wire, AutoCloseable ownLoop) {
    this.wire = wire;
    this.ownLoop = ownLoop;
  }

  /** Connects over TCP with default options. */
  public static Client connect(String host, int port) throws IOException {
    return connect(new InetSocketAddress(host, port), ClientOptions.DEFAULT);
  }

  /** Connects to a Unix socket with default options. */
  public static Client connect(Path unixSocket) throws IOException {
    return connect(UnixDomainSocketAddress.of(unixSocket), ClientOptions.DEFAULT);
  }

  /**
   * Connects over TCP or to a Unix socket, with its own loop.
   *
   * @throws ConnectionLostException if the server cannot be reached in time
   */
  public static Client connect(SocketAddress address, ClientOptions options) throws IOException {
    ClientLoop loop = ClientLoop.start(LOOP_NAME);
    try {
      return new Client(Wire.connect(loop, address, options), loop);
    } catch (IOException e) {
      loop.close();
      throw e;
    }
  }

  /** Connects on a shared loop, which is not closed with the client. */
  public static Client connect(ClientLoop loop, SocketAddress address, ClientOptions options)
      throws IOException {
    return new Client(Wire.connect(loop, address, options), () -> {});
  }

  /**
   * Sends one command at once and waits for its reply; arguments are sent as UTF-8.
   *
   * @throws ConnectionLostException if the connection is lost before the reply arrives
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public Reply call(String... command) throws IOException {
    return call(bytes(command));
  }

  /** {@link #call(String...)} with raw arguments, which must not change until it returns. */
  public Reply call(byte[]... command) throws IOException {
    List<Reply> reply = new ArrayList<>(1);
    Portion portion = Portion.collected(1, RequestBuffer.encodedBytes(command), reply);
    wire.send(portion, command);
    wire.await(portion);
    return reply.get(0);
  }

  /**
   * Sends a command that gets no reply: in RESP3 those answered by pushes, such as SUBSCRIBE.
   */
  public void tell(String... command) throws IOException {
    wire.sendUnanswered(bytes(command));
  }

  /** A new pipeline that collects its replies. */
  public Batch batch() {
    return new Batch(wire);
  }

  /** A new pipeline of any length that only counts its replies. */
  public CountedBatch countedBatch() {
    return new CountedBatch(wire);
  }

  public SocketAddress localAddress() throws IOException {
    return wire.localAddress();
  }

  /** False once the connection is known to be lost. */
  public boolean isOpen() {
    return wire.isOpen();
  }

  /** The number of commands sent by all threads and not yet answered. */
  public int outstandingCommands() {
    return wire.outstandingCommands();
  }

  /** Closes the connection; everything outstanding fails. */
  @Override
  public void close() {
    wire.close(new IOException("the client was closed"));
    try {
      ownLoop.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[][] bytes(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
