package pika.net.server;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;

/**
 * One client. Lives on the event loop that accepted it; its methods may be called from any thread
 * unless they say otherwise, and do nothing once it is closed. Figures read from another thread may
 * be a moment old.
 */
public final class Connection {

  private final long id;
  private final Loop loop;
  private final Channel channel;
  private final Endpoints endpoints;
  private final Conversation conversation;
  private final long createdAtMs = System.currentTimeMillis();
  private final Counter inputBytes = new Counter();

  private volatile @Nullable Object session;
  private volatile Protocol protocol = Protocol.RESP2;
  private volatile ClientClass clientClass = ClientClass.NORMAL;
  private volatile boolean exemptFromTimeout;
  private volatile boolean open = true;
  private volatile boolean inputEnded;
  private volatile long lastReadNanos = System.nanoTime();

  Connection(long id, Loop loop, Channel channel, Endpoints endpoints) {
    this.id = id;
    this.loop = loop;
    this.channel = channel;
    this.endpoints = endpoints;
    this.conversation = new Conversation(this, channel, loop);
  }

  /** Counts up from 1 over the life of the server; never used twice. */
  public long id() {
    return id;
  }

  /** The loop that owns the connection for life. */
  public Loop loop() {
    return loop;
  }

  /** Whatever the listener has attached. */
  public @Nullable Object session() {
    return session;
  }

  public void session(@Nullable Object attachment) {
    this.session = attachment;
  }

  /**
   * Answers the request that has this sequence number. Replies may come in any order; they leave in
   * the order of the requests. On the loop's own thread this is an array store; the flush comes at
   * the end of the pass.
   *
   * @throws IllegalStateException on the loop's thread, if no such request waits for a reply: a bug
   *     of the caller
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
   * Answers consecutive requests from {@code firstSequence} on; they travel to the loop together.
   * On the loop's own thread the list is read at once; from elsewhere it must not change any more.
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
   * Sends a message that answers no request, between two replies: after every reply that has been
   * given before, and without waiting for requests that have none yet.
   */
  public void push(Reply message) {
    run(() -> conversation.push(message));
  }

  /**
   * {@link #push} of a message that belongs behind the reply to request {@code after} and in front of
   * the reply to request {@code before}, by their sequence numbers. On the loop's thread only.
   *
   * @return false if the later of the two has been written, so that the message would come too late;
   *     it is dropped then
   */
  public boolean pushBetween(long after, long before, Reply message) {
    return conversation.pushBetween(after, before, message);
  }

  /** Closes now; replies that have not been sent are lost. */
  @SuppressWarnings("FutureReturnValueIgnored") // The end is told by channelInactive.
  public void close() {
    channel.close();
  }

  /**
   * The same from any thread, but behind what the connection has been given before, as far as the socket takes that at once.
   * From now on it is not {@link #isReachable() reachable} any more.
   */
  public void closeSoon() {
    inputEnded = true;
    run(() -> loop.executeAfterReading(this::close));
  }

  /** Reads no further request, and closes when everything received so far is answered and sent. */
  public void closeAfterReplies() {
    run(() -> conversation.closeBefore(conversation.queue().tail()));
  }

  /**
   * The same up to the reply of {@code sequence}; later requests that have been received go
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
   * Whether a reply is likely to reach the client: false from the moment it has closed its side or is to be closed, even
   * while replies to what it has sent are still under way.
   */
  public boolean isReachable() {
    return open && !inputEnded;
  }

  /** Whether the client may send requests larger than AUTH needs; it may at first. */
  public void authenticated(boolean value) {
    run(() -> conversation.intake().decoder().authenticated(value));
  }

  public void exemptFromTimeout(boolean value) {
    this.exemptFromTimeout = value;
  }

  public ClientClass clientClass() {
    return clientClass;
  }

  /** Decides which output limit holds; {@link ClientClass#NORMAL} at first. */
  public void clientClass(ClientClass value) {
    this.clientClass = value;
  }

  /** The protocol of the reply that was last written. */
  public Protocol protocol() {
    return protocol;
  }

  /** As Redis prints it: {@code 127.0.0.1:50312}, {@code [::1]:50312}, {@code /run/pika.sock:0}. */
  public String remoteAddress() {
    return endpoints.remote();
  }

  public String localAddress() {
    return endpoints.local();
  }

  /** Whether the client came through the unix socket. */
  public boolean isUnixSocket() {
    return endpoints.unixSocket();
  }

  /** Whether the client is on this machine: a loopback address or the unix socket. */
  public boolean isLocal() {
    return endpoints.loopback();
  }

  /** The socket's file descriptor, or the id where the transport hides it. */
  public long fd() {
    return endpoints.fd() < 0 ? id : endpoints.fd();
  }

  public long createdAtMs() {
    return createdAtMs;
  }

  /** When bytes last came from the client, in milliseconds since the epoch. */
  public long lastInteractionMs() {
    long silentNanos = System.nanoTime() - lastReadNanos;
    return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(silentNanos);
  }

  /** Requests that are not answered or whose reply is not encoded yet. */
  public int inFlight() {
    return conversation.queue().size();
  }

  /**
   * Bytes received that are not a complete request yet, or wait for budget (CLIENT LIST's qbuf).
   */
  public long queryBufferBytes() {
    return conversation.intake().pendingBytes();
  }

  /** Encoded bytes the socket has not taken (obl). */
  public long outputBufferBytes() {
    return conversation.outbox().pendingBytes() - conversation.outbox().waitingBytes();
  }

  /** Pieces of output that wait behind these (oll). */
  public int outputListLength() {
    return conversation.outbox().waitingSegments();
  }

  /** Bytes of these pieces. */
  public long outputListBytes() {
    return conversation.outbox().waitingBytes();
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

  /** Who only listens may be silent for ever. */
  boolean isExemptFromTimeout() {
    return exemptFromTimeout || clientClass != ClientClass.NORMAL;
  }

  long lastReadNanos() {
    return lastReadNanos;
  }

  void received(int bytes, long nanos) {
    inputBytes.add(bytes);
    lastReadNanos = nanos;
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

  /** The socket is gone. */
  void closed() {
    open = false;
    conversation.closed();
  }

  /** Does {@code action} on the loop, after everything this thread has given it before. */
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
