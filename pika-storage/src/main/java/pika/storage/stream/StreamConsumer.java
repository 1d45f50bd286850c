package pika.storage.stream;

/**
 * A consumer of a group. Changed only by its group.
 *
 * <p>It was seen when it last tried to read entries, and active when it last got some.
 */
public final class StreamConsumer {
  static final long NEVER = -1;

  private final byte[] name;
  private long seenMs;
  private long activeMs;
  private long pending;

  StreamConsumer(byte[] name, long seenMs, long activeMs, long pending) {
    this.name = name;
    this.seenMs = seenMs;
    this.activeMs = activeMs;
    this.pending = pending;
  }

  /** Returns its name, unique in its group. */
  public byte[] name() {
    return name;
  }

  /** Returns when it was seen, in milliseconds since 1970. */
  public long seenMs() {
    return seenMs;
  }

  /** Returns when it was active, in milliseconds since 1970; -1 when it never was. */
  public long activeMs() {
    return activeMs;
  }

  /** Returns how many entries it has not acknowledged. */
  public long pending() {
    return pending;
  }

  void seen(long nowMs) {
    seenMs = nowMs;
  }

  void active(long nowMs) {
    activeMs = nowMs;
  }

  void addPending(long difference) {
    pending += difference;
  }
}
