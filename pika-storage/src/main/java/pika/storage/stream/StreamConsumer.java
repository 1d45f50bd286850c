package pika.storage.stream;

/**
 * A consumer of a group. Changed by its group only.
 *
 * <p>It was seen when it last tried to get entries, and active when it last got some.
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

  /** Its name, unique in its group. */
  public byte[] name() {
    return name;
  }

  /** When it was seen, in milliseconds since 1970. */
  public long seenMs() {
    return seenMs;
  }

  /** When it was active, in milliseconds since 1970; -1 when it never was. */
  public long activeMs() {
    return activeMs;
  }

  /** How many entries it has not acknowledged. */
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
