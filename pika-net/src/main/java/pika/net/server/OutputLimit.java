package pika.net.server;

/**
 * How much unread output a client may have before it is disconnected. Zero means no limit.
 *
 * @param hardBytes disconnects at once
 * @param softBytes disconnects when exceeded for {@code softSeconds}
 */
public record OutputLimit(long hardBytes, long softBytes, int softSeconds) {

  /** Never disconnects; reading from the client still pauses (back-pressure). */
  public static final OutputLimit NONE = new OutputLimit(0, 0, 0);

  private static final long SECOND_NANOS = 1_000_000_000;
  /** This much of a reply counts towards no limit: Redis has a static buffer for it. */
  private static final int UNCOUNTED_BYTES = 16 * 1024;

  public OutputLimit {
    if (hardBytes < 0 || softBytes < 0 || softSeconds < 0) {
      throw new IllegalArgumentException("output limits must not be negative");
    }
  }

  /**
   * Whether this much is too much.
   *
   * @param overSoftNanos how long it has been over the soft limit
   */
  boolean isExceeded(long pendingBytes, long overSoftNanos) {
    return overHard(pendingBytes) || overSoftNanos > softSeconds * SECOND_NANOS;
  }

  boolean overSoft(long pendingBytes) {
    return softBytes > 0 && pendingBytes > softBytes;
  }

  /** Whether one reply is too large, even if the socket could take all of it at once. */
  boolean forbidsReply(long bytes) {
    return overHard(bytes - UNCOUNTED_BYTES);
  }

  private boolean overHard(long pendingBytes) {
    return hardBytes > 0 && pendingBytes > hardBytes;
  }
}
