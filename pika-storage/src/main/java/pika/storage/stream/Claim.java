package pika.storage.stream;

/**
 * The terms on which a consumer takes over pending entries.
 *
 * @param minIdleMs entries delivered more recently stay where they are
 * @param deliveredMs their new delivery time, in milliseconds since 1970
 * @param deliveries their new delivery count; or {@link #KEPT} or {@link #ONE_MORE}
 * @param unclaimed what to do with an entry that isn't pending
 */
public record Claim(long minIdleMs, long deliveredMs, long deliveries, Unclaimed unclaimed) {
  /** The delivery count stays as it is. */
  public static final long KEPT = -1;

  /** The delivery count is incremented. */
  public static final long ONE_MORE = -2;

  /** What to do with an entry that isn't pending. */
  public enum Unclaimed {
    SKIPPED,
    /** It becomes pending. */
    TAKEN
  }

  long deliveriesAfter(long before) {
    if (deliveries >= 0) {
      return deliveries;
    }
    return deliveries == KEPT ? before : before + 1;
  }
}
