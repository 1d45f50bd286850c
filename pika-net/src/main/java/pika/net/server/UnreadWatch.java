package pika.net.server;

import org.jspecify.annotations.Nullable;

/**
 * Watches how much one client leaves unread, and says when it must be disconnected for it. Confined
 * to the connection's event loop.
 *
 * <p>Everything unread, replies and messages, has the limit of the client's class. A client can
 * leave messages unread without requesting anything, so the pubsub limit applies to the messages of
 * every client, invalidations included.
 */
final class UnreadWatch {

  /** How many messages may wait for an earlier reply, however small they are. */
  private static final int MAX_WAITING_PUSHES = 100_000;
  /**
   * When memory is short, a client's unread messages may take one part in this many of its loop's
   * share.
   */
  private static final int PUSHED_PART = 16;

  private static final long NEVER = Long.MAX_VALUE;

  private final Loop loop;
  private final ReplyQueue queue;
  private final Outbox outbox;

  /** Bytes of messages written since the client had last read everything. */
  private long pushedBytes;
  /** Since when everything unread, and the messages, have been over their soft limits. */
  private long overSoftSince = NEVER;

  private long pushesOverSoftSince = NEVER;

  UnreadWatch(Loop loop, ReplyQueue queue, Outbox outbox) {
    this.loop = loop;
    this.queue = queue;
    this.outbox = outbox;
  }

  /** A message of {@code bytes} was written to the outbox. */
  void pushed(long bytes) {
    pushedBytes += bytes;
  }

  /**
   * Why a client of this class must be disconnected; null if it need not. Must be called whenever
   * output was sent, and regularly, because a soft limit depends on how long it has been exceeded.
   */
  @Nullable
  String excess(ClientClass clientClass, long nanos) {
    ConnectionOptions options = loop.options();
    OutputLimit limit = options.outputLimit(clientClass);
    OutputLimit pushLimit = options.outputLimit(ClientClass.PUBSUB);
    long bytes = outbox.pendingBytes();
    if (bytes == 0) {
      pushedBytes = 0;
    }
    long pushBytes = pushBytes(bytes);
    overSoftSince = since(limit.overSoft(bytes), overSoftSince, nanos);
    pushesOverSoftSince = since(pushLimit.overSoft(pushBytes), pushesOverSoftSince, nanos);
    boolean tooMuch = limit.isExceeded(bytes, nanosSince(overSoftSince, nanos))
        || pushLimit.isExceeded(pushBytes, nanosSince(pushesOverSoftSince, nanos));
    return tooMuch ? describe(bytes + queue.waitingPushBytes()) : null;
  }

  /** The reason to disconnect a client for this much output. */
  static String describe(long bytes) {
    return bytes + " bytes of unread replies exceed its client-output-buffer-limit";
  }

  /** Why a client must be disconnected instead of getting one more message; null if it need not. */
  @Nullable
  String excessOfPushes() {
    if (queue.waitingPushes() >= MAX_WAITING_PUSHES) {
      return "too many pushed messages are queued behind an unfinished request";
    }
    if (loop.isCrowded(1) && loop.isLarge(pushBytes(outbox.pendingBytes()), PUSHED_PART)) {
      return "it does not read its pushed messages and reply memory is nearly exhausted";
    }
    return null;
  }

  /** An upper bound of the unread message bytes: what is pending may include replies. */
  private long pushBytes(long pendingBytes) {
    return queue.waitingPushBytes() + Math.min(pushedBytes, pendingBytes);
  }

  private static long since(boolean over, long before, long nanos) {
    if (!over) {
      return NEVER;
    }
    return before == NEVER ? nanos : before;
  }

  private static long nanosSince(long start, long nanos) {
    return start == NEVER ? 0 : nanos - start;
  }
}
