package pika.storage.stream;

/**
 * On which terms a consumer takes over pending entries.
 *
 * @param minIdleMs entries delivered a shorter time ago stay where they are
 * @param deliveredMs when they count as delivered, in milliseconds since 1970
 * @param deliveries how often they count as delivered; {@link #KEPT} or {@link #ONE_MORE} instead
 * @param unclaimed what to do with an entry that isn't pending
 */
public record Claim(long minIdleMs, long deliveredMs, long deliveries, Unclaimed unclaimed) {
  /** They count as delivered as often as before. */
  public static final long KEPT = -1;

  /** They count as delivered once more. */
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
