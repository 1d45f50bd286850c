package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.resp.RespWriter;

/**
 * The inner half of a connection, confined to its event loop. It connects the parts that each know
 * one thing, and decides when the connection is closed:
 *
 * <pre>
 *   socket --> Intake --> listener          bytes become requests, as far as the budgets allow
 *                 |          |
 *              ReplyQueue <--+              replies wait for their turn
 *                 |
 *   socket <-- Outbox <-- ReplyEncoder      replies become bytes, as far as the socket takes them
 *                 |
 *             UnreadWatch                   how much the client leaves unread
 * </pre>
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** How long a closing client may go without taking any of its last replies. */
  private static final long CLOSING_NANOS = 10 * SECOND_NANOS;
  /** The same for a client that has closed its side: it may be gone altogether. */
  private static final long HALF_CLOSED_NANOS = 2 * SECOND_NANOS;
  /** Buffers of a client that is silent for this long are released. */
  private static final long SHRINK_NANOS = 2 * SECOND_NANOS;
  /** How long a client may take nothing of a streamed reply, whose elements are kept meanwhile. */
  private static final long STREAMED_NANOS = 60 * SECOND_NANOS;

  private final Connection connection;
  private final Channel channel;
  private final Loop loop;
  private final ReplyQueue queue = new ReplyQueue();
  private final Outbox outbox;
  private final Intake intake;
  private final UnreadWatch unread;
  private final ReplyEncoder encoder;

  private boolean touched;
  private boolean flushing;
  private boolean inputEnded;
  private boolean closing;
  private boolean closeRequested;
  /** When to close even if replies are unsent; postponed whenever the client takes some. */
  private long closeByNanos = Long.MAX_VALUE;
  /** For other threads. */
  private volatile Buffered buffered = Buffered.NOTHING;
  /** The bytes that this connection has reported to the loop as held. */
  private long heldBytes;

  Conversation(Connection connection, Channel channel, Loop loop) {
    this.connection = connection;
    this.channel = channel;
    this.loop = loop;
    this.outbox = new Outbox(channel);
    this.intake = new Intake(loop, channel, queue, outbox);
    this.unread = new UnreadWatch(loop, queue, outbox);
    this.encoder = new ReplyEncoder(queue, outbox, unread);
  }

  Connection connection() {
    return connection;
  }

  ReplyQueue queue() {
    return queue;
  }

  Intake intake() {
    return intake;
  }

  Outbox outbox() {
    return outbox;
  }

  /** From any thread. */
  Buffered buffered() {
    return buffered;
  }

  /**
   * Consumes the bytes of {@code in}, which the caller still owns; none once the connection is
   * closed or the protocol is broken.
   */
  void read(ByteBuf in, long nanos) {
    if (!connection.isOpen()) {
      return;
    }
    byte[] scratch = loop.scratch();
    try {
      while (in.isReadable()) {
        int length = Math.min(in.readableBytes(), scratch.length);
        in.readBytes(scratch, 0, length);
        intake.read(scratch, 0, length, nanos);
      }
    } catch (ProtocolException e) {
      protocolBroken(e);
    }
    account();
  }

  /** Hands the requests of a read to the listener. */
  void readComplete() {
    if (intake.hasBurst()) {
      List<Request> burst = intake.takeBurst();
      loop.received(connection, burst);
    }
  }

  /** Answers everything received before, then with the error, then closes. */
  private void protocolBroken(ProtocolException e) {
    log.debug("{} closed after a protocol error: {}", connection, e.getMessage());
    queue.complete(queue.admit(0), Reply.error("ERR " + e.getMessage()));
    closeBefore(queue.tail());
  }

  /** The client sends no more. Its requests are still answered, as long as it keeps reading. */
  void inputEnded() {
    if (inputEnded) {
      // With TLS, its end is reported, and the socket's.
      return;
    }
    inputEnded = true;
    closeByNanos = System.nanoTime() + HALF_CLOSED_NANOS;
    closeAfterInput();
    connection.inputEnded();
    loop.inputEnded(connection);
  }

  /** Requests that wait for budget were sent before the end, so they are served first. */
  private void closeAfterInput() {
    if (!intake.hasBacklog()) {
      closeBefore(queue.tail());
    }
  }

  void complete(long sequence, Reply reply) {
    if (connection.isOpen()) {
      queue.complete(sequence, reply);
      touch();
    }
  }

  void complete(long firstSequence, List<Reply> replies) {
    long sequence = firstSequence;
    for (Reply reply : replies) {
      complete(sequence++, reply);
    }
  }

  void push(Reply message) {
    if (takesPush()) {
      queue.push(message, Reply.messageBytes(message, connection.protocol()));
      touch();
    }
  }

  /** False if the reply that the message should precede has been written. */
  boolean pushBetween(long after, long before, Reply message) {
    if (!takesPush()) {
      return true;
    }
    long bytes = Reply.messageBytes(message, connection.protocol());
    boolean pushed = queue.pushBetween(after, before, message, bytes);
    if (pushed) {
      touch();
    }
    return pushed;
  }

  private boolean takesPush() {
    if (!isOpen()) {
      return false;
    }
    closeFor(unread.excessOfPushes());
    return isOpen();
  }

  /** Closes once the replies to all requests before {@code sequence} are sent. */
  void closeBefore(long sequence) {
    closing = true;
    queue.endBefore(sequence);
    intake.stop();
    touch();
  }

  /** The channel is writable again. */
  void writable() {
    if (!flushing) {
      touch();
    }
  }

  /** Makes the loop flush this connection at the end of its turn. */
  void touch() {
    if (!touched) {
      touched = true;
      loop.touched(this);
    }
  }

  /**
   * Writes what is complete, flushes once, then closes or resumes reading. If this throws, the
   * connection must be closed.
   */
  void flush(RespWriter writer, long nanos) {
    touched = false;
    if (!connection.isOpen()) {
      return;
    }
    write(writer, nanos);
    account();
  }

  private void write(RespWriter writer, long nanos) {
    long sentBefore = outbox.sentBytes();
    flushing = true;
    encode(writer);
    boolean moreSoon = outbox.flush();
    flushing = false;
    if (moreSoon || encoder.canContinue()) {
      touch();
    }
    long sent = outbox.sentBytes() - sentBefore;
    loop.sent(sent);
    if (sent > 0) {
      connection.sent(nanos);
      if (closeByNanos != Long.MAX_VALUE) {
        closeByNanos = nanos + CLOSING_NANOS;
      }
    }
    checkOutputLimits(nanos);
    if (closing) {
      closeIfDone(nanos);
    } else if (connection.isOpen()) {
      balance(nanos);
      readComplete();
      if (inputEnded) {
        closeAfterInput();
      }
    }
  }

  private void encode(RespWriter writer) {
    writer.protocol(connection.protocol());
    OutputLimit limit = loop.options().outputLimit(connection.clientClass());
    long tooLarge = encoder.encode(writer, limit);
    if (tooLarge > 0) {
      closeFor(UnreadWatch.describe(tooLarge));
    }
    connection.protocolAgreed(writer.protocol());
  }

  private void balance(long nanos) {
    try {
      intake.balance(nanos);
    } catch (ProtocolException e) {
      protocolBroken(e);
    }
  }

  /** Closes if requests are unanswered, because nobody is going to answer them. */
  void abandon() {
    if (queue.size() > 0 || encoder.isMidReply()) {
      connection.close();
    }
  }

  private void closeIfDone(long nanos) {
    if (!queue.ended() || encoder.isMidReply()) {
      return;
    }
    if (outbox.waitingBytes() == 0 && !closeRequested) {
      closeRequested = true;
      // After the last reply: the write completes once everything before it reached the socket.
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> connection.close());
    }
    if (closeByNanos == Long.MAX_VALUE) {
      closeByNanos = nanos + CLOSING_NANOS;
    }
  }

  /** Once a second: timeouts, soft output limits, memory of silent connections. */
  void sweep(long nanos) {
    if (!isOpen()) {
      return;
    }
    int timeoutSeconds = loop.options().idleTimeoutSeconds();
    if (closeByNanos != Long.MAX_VALUE && nanos - closeByNanos >= 0) {
      connection.close();
    } else if (encoder.isMidReply() && nanos - connection.lastSentNanos() > STREAMED_NANOS) {
      closeFor("it stopped reading in the middle of a large reply");
    } else if (timeoutSeconds > 0
        && connection.idleNanos(nanos) > timeoutSeconds * SECOND_NANOS
        && queue.size() == 0
        && !encoder.isMidReply()
        && !connection.isExemptFromTimeout()) {
      log.debug("Closing idle client {}", connection);
      connection.close();
    } else {
      checkOutputLimits(nanos);
      if (nanos - connection.lastReadNanos() > SHRINK_NANOS) {
        queue.shrink();
        intake.shrink();
      }
    }
  }

  private void checkOutputLimits(long nanos) {
    if (isOpen()) {
      closeFor(unread.excess(connection.clientClass(), nanos));
    }
  }

  /** A channel that fails closes itself; the connection learns of it soon. */
  private boolean isOpen() {
    return connection.isOpen() && channel.isOpen();
  }

  /** Closes at once, unless there is no reason to. */
  private void closeFor(@Nullable String reason) {
    if (reason != null) {
      log.warn("Client {} closed: {}", connection, reason);
      connection.close();
    }
  }

  /** Releases everything once the socket is closed. */
  void closed() {
    intake.stop();
    encoder.stop();
    outbox.clear();
    holds(0);
  }

  private void account() {
    if (connection.isOpen()) {
      holds(queue.weightBytes()
          + queue.waitingPushBytes()
          + intake.heldBytes()
          + outbox.waitingBytes());
      publish();
    }
  }

  private void publish() {
    if (!buffered.isOf(intake, outbox)) {
      buffered = Buffered.of(intake, outbox);
    }
  }

  private void holds(long bytes) {
    if (bytes != heldBytes) {
      loop.holds(bytes - heldBytes);
      heldBytes = bytes;
    }
  }
}
