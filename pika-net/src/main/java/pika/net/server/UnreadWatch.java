package pika.net.server;

/**
 * Detects when a client leaves more output unread than an {@link OutputLimit} allows. Confined to
 * the connection's event loop.
 */
final class UnreadWatch {
  private static final long SECOND_NANOS = 1_000_000_000;

  private boolean overSoft;
  private long overSoftSince;

  /**
   * Whether the client must be disconnected, given its unread output now. Must be called regularly,
   * because a soft limit depends on how long it has been exceeded.
   */
  boolean isTooMuch(OutputLimit limit, long unreadBytes, long nanos) {
    boolean over = limit.overSoft(unreadBytes);
    if (over && !overSoft) {
      overSoftSince = nanos;
    }
    overSoft = over;
    boolean tooLong = over && nanos - overSoftSince > limit.softSeconds() * SECOND_NANOS;
    return tooLong || limit.overHard(unreadBytes);
  }
}
