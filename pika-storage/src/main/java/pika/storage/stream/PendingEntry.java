package pika.storage.stream;

import java.util.Arrays;

/**
 * An entry that was delivered to a consumer and not acknowledged.
 *
 * @param consumer the consumer's name
 * @param deliveredMs when it was last delivered, in milliseconds since 1970
 * @param deliveries how often it was delivered
 */
public record PendingEntry(StreamId id, byte[] consumer, long deliveredMs, long deliveries) {

  /** Returns how long ago it was delivered, in milliseconds; never negative. */
  public long idleMs(long nowMs) {
    return Math.max(0, nowMs - deliveredMs);
  }

  boolean belongsTo(byte[] name) {
    return Arrays.equals(consumer, name);
  }
}
