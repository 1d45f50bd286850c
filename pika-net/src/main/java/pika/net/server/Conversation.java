package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.resp.RequestDecoder;
import pika.net.resp.RespWriter;
import pika.net.resp.StreamedReply;

/**
 * The inner half of a connection, confined to its event loop: {@link Intake} on the input side,
 * {@link Outbox} on the output side, {@link ReplyQueue} in between, and the rules for closing.
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
  /** How many messages may wait for an earlier reply, however small they are. */
  private static final int MAX_WAITING_PUSHES = 100_000;
  /**
   * When memory is short, a client's unread messages may take one part in this many of its loop's
   * share.
   */
  private static final int PUSHED_PART = 16;
  /** Encoded replies are passed on in portions of this size. */
  private static final int PORTION_BYTES = 64 * 1024;
  /** This much of a reply counts towards no output limit: Redis has a static buffer for it. */
  private static final int UNCOUNTED_BYTES = 16 * 1024;

  /**
   * How far a streamed reply is written ahead of the socket: beyond the channel's high-water mark,
   * so that the channel signals when it is writable again.
   */
  private static final int STREAMED_AHEAD_BYTES = 256 * 1024;

  private final Connection connection;
  private final Channel channel;
  private final Loop loop;
  private final ReplyQueue queue = new ReplyQueue();
  private final Outbox outbox;
  private final Intake intake;

  /** The rest of the streamed reply being written. */
  private StreamedReply.@Nullable Parts streamed;

  /** Bytes of messages written since the client had last read everything. */
  private long pushedBytes;
  /** When bytes last went to the socket. */
  private long progressNanos;

  private boolean touched;
  private boolean flushing;
  private boolean inputEnded;
  private boolean closing;
  private boolean closeRequested;
  /** When to close even if replies are unsent; postponed whenever the client takes some. */
  private long closeByNanos = Long.MAX_VALUE;
  /** The bytes that this connection has reported to the loop as held. */
  private long heldBytes;

  private final UnreadWatch unread = new UnreadWatch();
  private final UnreadWatch unreadPushes = new UnreadWatch();

  Conversation(Connection connection, Channel channel, Loop loop) {
    this.connection = connection;
    this.channel = channel;
    this.loop = loop;
    this.outbox = new Outbox(channel);
    RequestDecoder decoder = new RequestDecoder(loop.options().respLimits(), loop::hasRoomFor);
    this.intake = new Intake(this, decoder, queue, outbox);
  }

  Connection connection() {
    return connection;
  }

  ConnectionOptions options() {
    return loop.options();
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

  /** Consumes all bytes of {@code in}, which the caller still owns. */
  void read(ByteBuf in, long nanos) {
    byte[] scratch = loop.scratch();
    while (in.isReadable()) {
      int length = Math.min(in.readableBytes(), scratch.length);
      in.readBytes(scratch, 0, length);
      intake.read(scratch, 0, length, nanos);
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

  void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  /** Answers everything received before, then with {@code error}, then closes. */
  void protocolBroken(Reply error) {
    log.debug("{} closed after a protocol error: {}", connection, error);
    queue.complete(queue.admit(0), error);
    closeBefore(queue.tail());
  }

  /** The client sends no more. Its requests are still answered, as long as it keeps reading. */
  void inputEnded() {
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
    // The channel is closed at once, the connection only when channelInactive reports it.
    if (!channel.isOpen()) {
      return false;
    }
    if (queue.waitingPushes() >= MAX_WAITING_PUSHES) {
      log.warn(
          "Client {} closed: too many pushed messages are queued behind an unfinished request",
          connection);
      connection.close();
    } else if (loop.isCrowded(1) && loop.isLarge(unreadPushBytes(), PUSHED_PART)) {
      log.warn(
          "Client {} closed: it does not read its pushed messages and reply"
              + " memory is nearly exhausted",
          connection);
      connection.close();
    }
    return channel.isOpen();
  }

  /** An upper bound of the unread message bytes: what is on the heap may include replies. */
  private long unreadPushBytes() {
    return queue.waitingPushBytes() + Math.min(pushedBytes, outbox.pendingBytes());
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

  /** Writes what is complete, flushes once, then closes or resumes reading. */
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
    boolean moreSoon = flushOutbox();
    flushing = false;
    if (moreSoon || (streamed != null && !isFarAhead())) {
      touch();
    }
    long sent = outbox.sentBytes() - sentBefore;
    loop.sent(sent);
    if (sent > 0) {
      progressNanos = nanos;
      if (closeByNanos != Long.MAX_VALUE) {
        closeByNanos = nanos + CLOSING_NANOS;
      }
    }
    if (outbox.pendingBytes() == 0) {
      pushedBytes = 0;
    }
    checkOutputLimits(nanos);
    if (closing) {
      closeIfDone(nanos);
    } else {
      intake.balance(nanos);
      readComplete();
      if (inputEnded) {
        closeAfterInput();
      }
    }
  }

  private boolean flushOutbox() {
    try {
      return outbox.flush();
    } catch (OutOfMemoryError e) {
      log.error("Client {} closed: out of memory while sending its replies", connection, e);
      connection.close();
      return false;
    }
  }

  private void encode(RespWriter writer) {
    writer.protocol(connection.protocol());
    OutputLimit limit = options().outputLimit(connection.clientClass());
    try {
      for (Reply reply = next(writer); reply != null; reply = next(writer)) {
        long before = writer.sizeBytes();
        reply.writeTo(writer);
        long bytes = writer.sizeBytes() - before;
        if (queue.polledPush()) {
          pushedBytes += bytes;
        }
        if (limit.overHard(bytes - UNCOUNTED_BYTES)) {
          // Even if the socket could take all of it at once.
          writer.clear();
          closeOverLimit(bytes);
          break;
        }
        if (writer.sizeBytes() >= PORTION_BYTES) {
          writer.drainTo(outbox);
        }
      }
      writer.drainTo(outbox);
    } catch (RuntimeException | OutOfMemoryError e) {
      log.error("Client {} closed: encoding a reply failed", connection, e);
      writer.clear();
      connection.close();
    }
    connection.protocolAgreed(writer.protocol());
  }

  /** The next reply to write as a whole; null if there is none or a streamed reply must wait. */
  private @Nullable Reply next(RespWriter writer) {
    while (writeStreamed(writer)) {
      Reply reply = queue.poll();
      if (!(reply instanceof StreamedReply inParts)) {
        return reply;
      }
      streamed = inParts.begin();
    }
    return null;
  }

  /** Continues the streamed reply as far as the socket keeps up; returns whether it is finished. */
  private boolean writeStreamed(RespWriter writer) {
    while (streamed != null) {
      writer.drainTo(outbox);
      if (isFarAhead()) {
        return false;
      }
      if (!streamed.writeNext(writer)) {
        streamed = null;
      }
    }
    return true;
  }

  private boolean isFarAhead() {
    return outbox.pendingBytes() >= STREAMED_AHEAD_BYTES;
  }

  /** Closes if requests are unanswered, because nobody is going to answer them. */
  void abandon() {
    if (queue.size() > 0 || streamed != null) {
      connection.close();
    }
  }

  private void closeIfDone(long nanos) {
    if (!queue.ended() || streamed != null) {
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
    long silentNanos = nanos - connection.lastReadNanos();
    int timeoutSeconds = options().idleTimeoutSeconds();
    if (closeByNanos != Long.MAX_VALUE && nanos - closeByNanos >= 0) {
      connection.close();
    } else if (streamed != null && nanos - progressNanos > STREAMED_NANOS) {
      log.warn("Client {} closed: it stopped reading in the middle of a large reply", connection);
      connection.close();
    } else if (timeoutSeconds > 0
        && silentNanos > timeoutSeconds * SECOND_NANOS
        && queue.size() == 0
        && streamed == null
        && !connection.isExemptFromTimeout()) {
      log.debug("Closing idle client {}", connection);
      connection.close();
    } else {
      checkOutputLimits(nanos);
      if (silentNanos > SHRINK_NANOS) {
        queue.shrink();
        intake.shrink();
      }
    }
  }

  /**
   * A client can leave messages unread without requesting anything, so the pubsub limit applies to
   * the messages of every client, invalidations included. Replies have the limit of the client's
   * class.
   */
  private void checkOutputLimits(long nanos) {
    ConnectionOptions options = options();
    long pending = outbox.pendingBytes();
    OutputLimit limit = options.outputLimit(connection.clientClass());
    OutputLimit pushLimit = options.outputLimit(ClientClass.PUBSUB);
    boolean tooMuch = unread.isTooMuch(limit, pending, nanos);
    boolean tooManyPushes = unreadPushes.isTooMuch(pushLimit, unreadPushBytes(), nanos);
    if (channel.isActive() && (tooMuch || tooManyPushes)) {
      closeOverLimit(pending + queue.waitingPushBytes());
    }
  }

  private void closeOverLimit(long bytes) {
    log.warn(
        "Client {} closed: {} bytes of unread replies exceed its client-output-buffer-limit",
        connection,
        bytes);
    connection.close();
  }

  /** Releases everything once the socket is closed. */
  void closed() {
    intake.stop();
    streamed = null;
    outbox.clear();
    holds(0);
  }

  /** See {@link Loop#isCrowded}. */
  boolean isCrowded(int part) {
    return loop.isCrowded(part);
  }

  private void account() {
    if (connection.isOpen()) {
      holds(queue.weightBytes()
          + queue.waitingPushBytes()
          + intake.heldBytes()
          + outbox.waitingBytes());
    }
  }

  private void holds(long bytes) {
    if (bytes != heldBytes) {
      loop.holds(bytes - heldBytes);
      heldBytes = bytes;
    }
  }
}
