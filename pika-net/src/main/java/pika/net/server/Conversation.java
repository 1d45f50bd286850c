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
 * The inner half of a connection, which only its event loop touches: {@link Intake} on one side,
 * {@link Outbox} on the other, {@link ReplyQueue} between, and the rules for ending it.
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** How long a client that is to be closed may go without taking anything of its last replies. */
  private static final long CLOSING_NANOS = 10 * SECOND_NANOS;
  /** The same for a client that has closed its side: it may be gone altogether. */
  private static final long HALF_CLOSED_NANOS = 2 * SECOND_NANOS;
  /** Buffers of a client that is silent for so long are given back. */
  private static final long SHRINK_NANOS = 2 * SECOND_NANOS;
  /** How long a client may take nothing of a reply in parts, for which all of its elements are kept. */
  private static final long STREAMED_NANOS = 60 * SECOND_NANOS;
  /** Messages that may wait until an earlier reply comes, however small they are. */
  private static final int MAX_WAITING_PUSHES = 100_000;
  /** When memory is short, a client may leave one in so many bytes of its loop's share unread in messages. */
  private static final int PUSHED_PART = 16;
  /** Encoded replies are passed on in portions of this size. */
  private static final int PORTION_BYTES = 64 * 1024;
  /** So much of a reply counts for no output limit: Redis has a buffer for it. */
  private static final int UNCOUNTED_BYTES = 16 * 1024;

  /**
   * A reply in parts is written so far ahead of the socket: further than the channel's high-water mark, so that the channel
   * that has got as much tells when it takes more.
   */
  private static final int STREAMED_AHEAD_BYTES = 256 * 1024;

  private final Connection connection;
  private final Channel channel;
  private final Loop loop;
  private final ReplyQueue queue = new ReplyQueue();
  private final Outbox outbox;
  private final Intake intake;

  /** What is left of the reply that is being written in parts. */
  private StreamedReply.@Nullable Parts streamed;

  /** Bytes of messages that were written since the client had last read everything. */
  private long pushedBytes;
  /** When bytes last went to the socket. */
  private long progressNanos;

  private boolean touched;
  private boolean flushing;
  private boolean inputEnded;
  private boolean closing;
  private boolean closeRequested;
  /** When it is closed even though replies have not left; put off whenever the client takes some. */
  private long closeByNanos = Long.MAX_VALUE;
  /** What the loop knows this connection to hold. */
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

  NetOptions options() {
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

  /** Takes all bytes of {@code in}, which stays the caller's. */
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
    log.debug("{} broke the protocol: {}", connection, error);
    queue.complete(queue.admit(0), error);
    closeBefore(queue.tail());
  }

  /** The client will send no more; what it has sent is still answered, as long as it takes the replies soon. */
  void inputEnded() {
    inputEnded = true;
    closeByNanos = System.nanoTime() + HALF_CLOSED_NANOS;
    closeAfterInput();
    connection.inputEnded();
    loop.inputEnded(connection);
  }

  /** What waits for budget comes before the end: it has been sent. */
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

  /** False when the reply that the message should precede has been written. */
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
    // The channel is so at once, the connection when it is told.
    if (!channel.isOpen()) {
      return false;
    }
    if (queue.waitingPushes() >= MAX_WAITING_PUSHES) {
      log.warn("Client {} closed: too many messages wait for an unfinished request", connection);
      connection.close();
    } else if (loop.isCrowded(1) && loop.isLarge(unreadPushBytes(), PUSHED_PART)) {
      log.warn("Client {} closed: it doesn't read its messages, and memory is short", connection);
      connection.close();
    }
    return channel.isOpen();
  }

  /** What the client has not read of messages, at most: those on the heap may be replies as well. */
  private long unreadPushBytes() {
    return queue.waitingPushBytes() + Math.min(pushedBytes, outbox.pendingBytes());
  }

  /** Closes when the replies to all requests before {@code sequence} are sent. */
  void closeBefore(long sequence) {
    closing = true;
    queue.endBefore(sequence);
    intake.stop();
    touch();
  }

  /** The socket has taken what it was given. */
  void writable() {
    if (!flushing) {
      touch();
    }
  }

  /** Has the loop flush this connection at the end of its turn. */
  void touch() {
    if (!touched) {
      touched = true;
      loop.touched(this);
    }
  }

  /** Writes what is complete, flushes once, and then closes or reads on. */
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
      log.error("{}: no memory to send its replies with", connection, e);
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
      log.error("{}: a reply could not be written", connection, e);
      writer.clear();
      connection.close();
    }
    connection.protocolAgreed(writer.protocol());
  }

  /** The next reply that is written as a whole; null when there is none, or one in parts has to go on later. */
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

  /** Goes on with the reply in parts as far as the socket follows; whether nothing is left of it. */
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

  /** Closes if requests are unanswered, since nobody is going to answer them. */
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
      // Behind the last reply: the channel closes when everything before has reached the socket.
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> connection.close());
    }
    if (closeByNanos == Long.MAX_VALUE) {
      closeByNanos = nanos + CLOSING_NANOS;
    }
  }

  /** Once a second: timeouts, lasting output limits, memory of silent connections. */
  void sweep(long nanos) {
    long silentNanos = nanos - connection.lastReadNanos();
    int timeoutSeconds = options().idleTimeoutSeconds();
    if (closeByNanos != Long.MAX_VALUE && nanos - closeByNanos >= 0) {
      connection.close();
    } else if (streamed != null && nanos - progressNanos > STREAMED_NANOS) {
      log.warn("Client {} closed: it doesn't read on in a reply it has begun", connection);
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
   * Whoever gets messages can leave them unread without asking for anything, so the limit of subscribers holds for the
   * messages of all clients: for invalidations, too. Replies that a client has asked for have the limit of its class.
   */
  private void checkOutputLimits(long nanos) {
    NetOptions options = options();
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
        "Client {} closed for overcoming of output buffer limits: {} bytes unread",
        connection,
        bytes);
    connection.close();
  }

  /** Lets go of everything when the socket is gone. */
  void closed() {
    intake.stop();
    streamed = null;
    outbox.clear();
    holds(0);
  }

  /** Whether the loop's connections hold more than one {@code part}-th of what they may. */
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
