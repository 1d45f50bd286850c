package pika.net.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pika.net.resp.AggregateReply;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.ReplyDecoder;

/**
 * The connection that a client's threads share. What one thread sends in one piece stays in one
 * piece: {@link #writing} is held from the moment a portion is added to the outstanding ones until
 * its last byte is written, so replies are expected in the order of the commands. The loop never
 * takes that lock: it keeps reading whatever a writer is waiting for, so full sockets on both sides
 * do not deadlock.
 */
final class Wire implements Link.Owner {

  private final ClientOptions options;
  private final Outstanding outstanding;
  private final ReplyDecoder decoder = new ReplyDecoder();
  private final Consumer<Reply> pushListener;

  private final ReentrantLock writing = new ReentrantLock();
  /** The buffer for what does not come from a batch; guarded by {@link #writing}. */
  private final RequestBuffer direct;

  private final Semaphore roomInSocket = new Semaphore(0);
  private final CountDownLatch connected = new CountDownLatch(1);
  private final ClientLoop loop;
  private final Link link;
  private volatile @Nullable IOException broken;
  /** Increases with every read; a waiting thread compares it to detect a silent server. */
  private final AtomicLong reads = new AtomicLong();

  /** Whether the reply being decoded answers no request; confined to the loop. */
  private boolean inUnasked;

  private Wire(ClientLoop loop, SocketAddress address, ClientOptions options) throws IOException {
    this.loop = loop;
    this.options = options;
    this.outstanding = new Outstanding(options.maxInFlightCommands(), options.maxInFlightBytes());
    this.pushListener = options.pushListener();
    this.direct = new RequestBuffer(options.batchBytes());
    this.link = Link.to(address, loop, this);
  }

  /**
   * Connects.
   *
   * @throws IOException if the server cannot be reached in time
   */
  static Wire connect(ClientLoop loop, SocketAddress address, ClientOptions options)
      throws IOException {
    Wire wire = new Wire(loop, address, options);
    wire.link.open();
    long timeoutMs = options.connectTimeoutMs();
    try {
      if (timeoutMs == 0) {
        wire.connected.await();
      } else if (!wire.connected.await(timeoutMs, TimeUnit.MILLISECONDS)) {
        wire.link.fail(new SocketTimeoutException("no connection within " + timeoutMs + " ms"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      wire.link.fail(new InterruptedIOException("interrupted while connecting"));
    }
    wire.refuseBroken();
    return wire;
  }

  ClientOptions options() {
    return options;
  }

  SocketAddress localAddress() throws IOException {
    return link.localAddress();
  }

  boolean isOpen() {
    return broken == null;
  }

  int outstandingCommands() {
    return outstanding.commands();
  }

  void close(IOException cause) {
    link.fail(cause);
  }

  /** Sends the content of a batch's buffer in one piece and clears the buffer. */
  void send(Portion portion, RequestBuffer buffer) throws IOException {
    lockForWriting();
    try {
      admit(portion);
      write(buffer.content());
      buffer.clear();
    } finally {
      writing.unlock();
    }
  }

  /** Sends one command of any size, bypassing the buffers of batches. */
  void send(Portion portion, byte[][] command) throws IOException {
    lockForWriting();
    try {
      admit(portion);
      writeCommand(command);
    } finally {
      writing.unlock();
    }
  }

  /** Sends a command that gets no reply. */
  void sendUnanswered(byte[][] command) throws IOException {
    lockForWriting();
    try {
      refuseBroken();
      writeCommand(command);
    } finally {
      writing.unlock();
    }
  }

  /** Waits until a sent portion has all its replies. */
  void await(Portion portion) throws IOException {
    refuseLoop();
    long before = reads.get();
    while (!portion.await(options.replyTimeoutMs())) {
      before = giveUpIfSilentSince(before);
    }
  }

  @Override
  public void connected() {
    connected.countDown();
  }

  @Override
  public void received(byte[] in, int to) throws IOException, ProtocolException {
    reads.incrementAndGet();
    int at = 0;
    while (at < to) {
      Portion portion = outstanding.first();
      if (inUnasked || portion == null || (portion.isBetween(decoder) && in[at] == '>')) {
        at = readUnasked(in, at, to);
      } else {
        at = portion.read(decoder, in, at, to);
        if (portion.isAnswered()) {
          outstanding.firstAnswered();
        }
      }
    }
  }

  @Override
  public void writable() {
    roomInSocket.release();
  }

  @Override
  public void broken(IOException cause) {
    broken = cause;
    outstanding.fail(cause);
    connected.countDown();
    roomInSocket.release();
  }

  /** Reads a push, or an error the server sends on its own before it closes the connection. */
  private int readUnasked(byte[] in, int from, int to) throws IOException, ProtocolException {
    inUnasked = true;
    int at = decoder.decode(in, from, to);
    if (decoder.hasReply()) {
      inUnasked = false;
      Reply reply = decoder.takeReply();
      if (!(reply instanceof AggregateReply list) || list.kind() != AggregateReply.Kind.PUSH) {
        throw new IOException("unexpected reply from the server: " + reply);
      }
      pushListener.accept(reply);
    }
    return at;
  }

  private void lockForWriting() {
    refuseLoop();
    writing.lock();
  }

  private void refuseLoop() {
    if (loop.isInLoop()) {
      throw new IllegalStateException("the loop's own thread would wait for itself");
    }
  }

  private void refuseBroken() throws ConnectionLostException {
    IOException cause = broken;
    if (cause != null) {
      throw new ConnectionLostException(cause);
    }
  }

  /** The connection's first cause of failure, which a later error may have masked. */
  private ConnectionLostException lost(IOException otherwise) {
    IOException cause = broken;
    return new ConnectionLostException(cause == null ? otherwise : cause);
  }

  private void admit(Portion portion) throws IOException {
    long before = reads.get();
    while (!outstanding.admit(portion, options.replyTimeoutMs())) {
      before = giveUpIfSilentSince(before);
    }
  }

  /**
   * Writes a command through {@link #direct}, but arguments that do not fit directly from their
   * arrays: they are never copied as a whole.
   */
  private void writeCommand(byte[][] command) throws IOException {
    direct.clear();
    if (direct.hasRoom(RequestBuffer.encodedBytes(command))) {
      direct.putCommand(command);
    } else {
      direct.putHeader('*', command.length);
      for (byte[] argument : command) {
        writeArgument(argument);
      }
    }
    write(direct.content());
  }

  private void writeArgument(byte[] argument) throws IOException {
    if (!direct.hasRoom(RequestBuffer.encodedBytes(argument))) {
      write(direct.content());
      direct.clear();
    }
    direct.putHeader('$', argument.length);
    if (direct.hasRoom(argument.length + 2L)) {
      direct.putBytes(argument);
    } else {
      write(direct.content());
      direct.clear();
      write(ByteBuffer.wrap(argument));
    }
    direct.putLineBreak();
  }

  /** Writes everything; a failure half-way ends the connection, which would be out of sync. */
  private void write(ByteBuffer bytes) throws IOException {
    try {
      roomInSocket.drainPermits();
      while (!link.write(bytes)) {
        link.awaitRoom();
        awaitRoomInSocket();
        roomInSocket.drainPermits();
      }
    } catch (IOException e) {
      link.fail(e);
      throw lost(e);
    }
  }

  private void awaitRoomInSocket() throws IOException {
    long timeoutMs = options.replyTimeoutMs();
    long before = reads.get();
    try {
      if (timeoutMs == 0) {
        roomInSocket.acquire();
      } else {
        while (!roomInSocket.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
          before = giveUpIfSilentSince(before);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in the middle of a command");
    }
  }

  /** Ends the connection if nothing was read since {@code before}; returns the current count. */
  private long giveUpIfSilentSince(long before) {
    long now = reads.get();
    if (now == before) {
      link.fail(new SocketTimeoutException("the server sent nothing for "
          + options.replyTimeoutMs()
          + " ms while "
          + outstanding.commands()
          + " commands were outstanding"));
    }
    return now;
  }
}
