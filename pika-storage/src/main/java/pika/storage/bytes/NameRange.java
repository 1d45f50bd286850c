package pika.storage.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An inclusive range of names in byte order, forwards or backwards.
 *
 * @param first where iteration begins; null for unbounded
 * @param last where it ends; null for unbounded
 */
public record NameRange(byte @Nullable [] first, byte @Nullable [] last, Order order) {

  /** The direction of iteration. */
  public enum Order {
    FORWARD,
    BACKWARD
  }

  /** Returns the smallest name in the range, null when unbounded. */
  public byte @Nullable [] least() {
    return order == Order.FORWARD ? first : last;
  }

  /** Returns the greatest name in the range, null when unbounded. */
  public byte @Nullable [] greatest() {
    return order == Order.FORWARD ? last : first;
  }

  /** Returns whether first and last contradict the direction, so that the range is empty. */
  public boolean isReversed() {
    byte[] least = least();
    byte[] greatest = greatest();
    return least != null && greatest != null && Arrays.compareUnsigned(least, greatest) > 0;
  }

  /** Returns whether a name lies in the range. */
  public boolean contains(byte[] name) {
    byte[] least = least();
    byte[] greatest = greatest();
    return (least == null || Arrays.compareUnsigned(name, least) >= 0)
        && (greatest == null || Arrays.compareUnsigned(name, greatest) <= 0);
  }

  /** Compares two names in iteration order. */
  public int compare(byte[] a, byte[] b) {
    int ascending = Arrays.compareUnsigned(a, b);
    return order == Order.FORWARD ? ascending : -ascending;
  }
}
