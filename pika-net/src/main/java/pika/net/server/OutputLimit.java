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

  public OutputLimit {
    if (hardBytes < 0 || softBytes < 0 || softSeconds < 0) {
      throw new IllegalArgumentException("output limits must not be negative");
    }
  }

  boolean overHard(long pendingBytes) {
    return hardBytes > 0 && pendingBytes > hardBytes;
  }

  boolean overSoft(long pendingBytes) {
    return softBytes > 0 && pendingBytes > softBytes;
  }
}
