package pika.net.server;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;

/**
 * One client connection. It stays on the event loop that accepted it. Unless noted otherwise, its
 * methods may be called from any thread and do nothing once it is closed. Values read from another
 * thread may be slightly stale.
 */
public final class Connection {

  private static final AtomicLongFieldUpdater<Connection> LAST_SENT =
      AtomicLongFieldUpdater.newUpdater(Connection.class, "lastSentNanos");

  private final long id;
  private final Loop loop;
  private final Channel channel;
  private final Endpoints endpoints;
  private final Conversation conversation;
  private final long createdAtNanos = System.nanoTime();
  private final Counter inputBytes = new Counter();

  private volatile @Nullable Object session;
  private volatile Protocol protocol = Protocol.RESP2;
  private volatile ClientClass clientClass = ClientClass.NORMAL;
  private volatile boolean exemptFromTimeout;
  private volatile boolean open = true;
  private volatile boolean inputEnded;
  private volatile long lastReadNanos = System.nanoTime();
  private volatile long lastSentNanos = lastReadNanos;

  Connection(long id, Loop loop, Channel channel, Endpoints endpoints) {
    this.id = id;
    this.loop = loop;
    this.channel = channel;
    this.endpoints = endpoints;
    this.conversation = new Conversation(this, channel, loop);
  }

  /** Starts at 1 and is never reused while the server runs. */
  public long id() {
    return id;
  }

  /** The loop that owns the connection for life. */
  public Loop loop() {
    return loop;
  }

  /** The listener's attachment. */
  public @Nullable Object session() {
    return session;
  }

  public void session(@Nullable Object attachment) {
    this.session = attachment;
  }

  /**
   * Answers the request with this sequence number. Replies may be given in any order; they are sent
   * in the order of the requests. On the loop's own thread this is an array store; the flush comes
   * at the end of the pass.
   *
   * @throws IllegalStateException on the loop's thread, if no such request is waiting for a reply:
   *     a bug in the caller
   */
  public void reply(long sequence, Reply reply) {
    if (loop.inLoop()) {
      conversation.complete(sequence, reply);
      return;
    }
    loop.deliver(new Inbox.Delivery() {
      @Override
      void deliver() {
        conversation.complete(sequence, reply);
      }
    });
  }

  /**
   * Answers consecutive requests starting at {@code firstSequence}; the replies travel to the loop
   * together. On the loop's own thread the list is read at once; on other threads the caller must
   * not modify it afterwards.
   */
  public void replies(long firstSequence, List<Reply> replies) {
    if (loop.inLoop()) {
      conversation.complete(firstSequence, replies);
      return;
    }
    loop.deliver(new Inbox.Delivery() {
      @Override
      void deliver() {
        conversation.complete(firstSequence, replies);
      }
    });
  }

  /**
   * Sends an out-of-band message between two replies: after every reply given so far, without
   * waiting for unanswered requests.
   */
  public void push(Reply message) {
    run(() -> conversation.push(message));
  }

  /**
   * {@link #push} for a message that must be sent after the reply to request {@code after} and
   * before the reply to request {@code before}, both given by sequence number. On the loop's thread
   * only.
   *
   * @return false if the reply to {@code before} has already been written; the message is then
   *     dropped
   */
  public boolean pushBetween(long after, long before, Reply message) {
    return conversation.pushBetween(after, before, message);
  }

  /** Closes immediately; unsent replies are lost. */
  @SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the end.
  public void close() {
    channel.close();
  }

  /**
   * Like {@link #close}, but first sends what the connection has been given, as far as the socket
   * takes it without waiting. The connection stops being {@link #isReachable() reachable} at once.
   */
  public void closeSoon() {
    inputEnded = true;
    run(() -> loop.executeAfterReading(this::close));
  }

  /** Stops reading, and closes once everything received so far has been answered and sent. */
  public void closeAfterReplies() {
    run(() -> conversation.closeBefore(conversation.queue().tail()));
  }

  /**
   * The same, but closes after the reply to {@code sequence}; requests received after it go
   * unanswered (QUIT).
   */
  public void closeAfterReply(long sequence) {
    run(() -> conversation.closeBefore(sequence + 1));
  }

  /** False from the moment the connection is closed by either side. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Whether a reply is likely to reach the client: false once the client has closed its side or the
   * connection is about to be closed, even while replies are still being sent.
   */
  public boolean isReachable() {
    return open && !inputEnded;
  }

  /** Sets whether the client may send requests larger than AUTH needs; initially it may. */
  public void authenticated(boolean value) {
    run(() -> conversation.intake().decoder().authenticated(value));
  }

  public void exemptFromTimeout(boolean value) {
    this.exemptFromTimeout = value;
  }

  public ClientClass clientClass() {
    return clientClass;
  }

  /** Selects the output limit; initially that of {@link ClientClass#NORMAL}. */
  public void clientClass(ClientClass value) {
    this.clientClass = value;
  }

  /** The protocol of the last reply written. */
  public Protocol protocol() {
    return protocol;
  }

  /** In Redis' format: {@code 127.0.0.1:50312}, {@code [::1]:50312}, {@code /run/pika.sock:0}. */
  public String remoteAddress() {
    return endpoints.remote();
  }

  public String localAddress() {
    return endpoints.local();
  }

  /** Whether the client is connected through the Unix socket. */
  public boolean isUnixSocket() {
    return endpoints.unixSocket();
  }

  /** Whether the client is on this machine: a loopback address or the Unix socket. */
  public boolean isLocal() {
    return endpoints.loopback();
  }

  /** The socket's file descriptor, or {@link #id} if the transport does not expose it. */
  public long fd() {
    return endpoints.fd() < 0 ? id : endpoints.fd();
  }

  /** When it was accepted, in milliseconds since the epoch. */
  public long createdAtMs() {
    return ago(System.nanoTime() - createdAtNanos);
  }

  /** When bytes last came or went, in milliseconds since the epoch. */
  public long lastInteractionMs() {
    return ago(idleNanos(System.nanoTime()));
  }

  /** Setting the clock moves these moments, too, rather than changing how long ago they were. */
  private static long ago(long nanos) {
    return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Requests that are unanswered or whose reply is not encoded yet. */
  public int inFlight() {
    return conversation.queue().size();
  }

  /**
   * Received bytes that are not a complete request yet or wait for budget (CLIENT LIST's qbuf).
   */
  public long queryBufferBytes() {
    return conversation.buffered().inputBytes();
  }

  /** Encoded bytes in the channel's buffer that the socket has not taken (CLIENT LIST's obl). */
  public long outputBufferBytes() {
    return conversation.outbox().channelBytes();
  }

  /** Segments of output queued on the heap behind them (oll). */
  public int outputListLength() {
    return conversation.buffered().outputSegments();
  }

  /** The bytes of these segments. */
  public long outputListBytes() {
    return conversation.buffered().outputBytes();
  }

  public long inputBytes() {
    return inputBytes.get();
  }

  public long outputBytes() {
    return conversation.outbox().sentBytes();
  }

  Conversation conversation() {
    return conversation;
  }

  Channel channel() {
    return channel;
  }

  /** Subscribers and replicas may be silent forever. */
  boolean isExemptFromTimeout() {
    return exemptFromTimeout || clientClass != ClientClass.NORMAL;
  }

  long lastReadNanos() {
    return lastReadNanos;
  }

  long lastSentNanos() {
    return lastSentNanos;
  }

  /** How long no bytes have come or gone. */
  long idleNanos(long nanos) {
    return Math.min(nanos - lastReadNanos, nanos - lastSentNanos);
  }

  void received(int bytes, long nanos) {
    inputBytes.add(bytes);
    lastReadNanos = nanos;
  }

  /** Bytes went to the socket. Without a fence, because a stale value does no harm. */
  void sent(long nanos) {
    LAST_SENT.lazySet(this, nanos);
  }

  void protocolAgreed(Protocol agreed) {
    if (protocol != agreed) {
      protocol = agreed;
    }
  }

  /** The client has closed its side. */
  void inputEnded() {
    inputEnded = true;
  }

  /** The socket is about to go. */
  void closing() {
    open = false;
  }

  /** The socket is gone. */
  void closed() {
    open = false;
    conversation.closed();
  }

  /** Runs {@code action} on the loop, after everything this thread gave the loop before. */
  private void run(Runnable action) {
    if (loop.inLoop()) {
      action.run();
      return;
    }
    loop.deliver(new Inbox.Delivery() {
      @Override
      void deliver() {
        action.run();
      }
    });
  }

  @Override
  public String toString() {
    return "id=" + id + " addr=" + remoteAddress() + " laddr=" + localAddress();
  }
}
