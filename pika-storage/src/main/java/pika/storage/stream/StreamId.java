package pika.storage.stream;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;

/**
 * The id of an entry: a time in milliseconds and a sequence number, both unsigned. Encoded in
 * sixteen bytes that sort like ids.
 */
public record StreamId(long ms, long sequence) implements Comparable<StreamId> {
  /** The lowest id; no entry has it. */
  public static final StreamId ZERO = new StreamId(0, 0);

  /** The greatest id. */
  public static final StreamId MAX = new StreamId(-1, -1);

  static final int BYTES = 2 * Long.BYTES;

  /** Returns the id right after this one; null when there is none. */
  public @Nullable StreamId next() {
    if (sequence != -1) {
      return new StreamId(ms, sequence + 1);
    }
    return ms == -1 ? null : new StreamId(ms + 1, 0);
  }

  /** Returns the id right before this one; null when there is none. */
  public @Nullable StreamId previous() {
    if (sequence != 0) {
      return new StreamId(ms, sequence - 1);
    }
    return ms == 0 ? null : new StreamId(ms - 1, -1);
  }

  /** Returns whether it is less than {@code other}. */
  public boolean isBefore(StreamId other) {
    return compareTo(other) < 0;
  }

  /** Returns whether it is greater than {@code other}. */
  public boolean isBehind(StreamId other) {
    return compareTo(other) > 0;
  }

  /** Returns whether this is {@link #ZERO}, which no entry can have. */
  public boolean isZero() {
    return ms == 0 && sequence == 0;
  }

  @Override
  public int compareTo(StreamId other) {
    int order = Long.compareUnsigned(ms, other.ms);
    return order != 0 ? order : Long.compareUnsigned(sequence, other.sequence);
  }

  /** Returns the id as clients write it: {@code 1700000000000-0}. */
  @Override
  public String toString() {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(sequence);
  }

  void put(byte[] bytes, int offset) {
    BigEndian.putLong(bytes, offset, ms);
    BigEndian.putLong(bytes, offset + Long.BYTES, sequence);
  }

  static StreamId take(byte[] bytes, int offset) {
    return new StreamId(
        BigEndian.takeLong(bytes, offset), BigEndian.takeLong(bytes, offset + Long.BYTES));
  }
}
