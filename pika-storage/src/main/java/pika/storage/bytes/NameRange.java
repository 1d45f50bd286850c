package pika.storage.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names from a first to a last one, both included, in the order of their bytes or against it.
 *
 * @param first where a search begins; null for the outermost name there is
 * @param last where it ends; null for the outermost name on the other side
 */
public record NameRange(byte @Nullable [] first, byte @Nullable [] last, Order order) {

  /** Which way a search goes. */
  public enum Order {
    FORWARD,
    BACKWARD
  }

  /** The smallest name that belongs to it, null for no bound. */
  public byte @Nullable [] least() {
    return order == Order.FORWARD ? first : last;
  }

  /** The greatest name that belongs to it, null for no bound. */
  public byte @Nullable [] greatest() {
    return order == Order.FORWARD ? last : first;
  }

  /** Whether first and last are the wrong way round. */
  public boolean isReversed() {
    byte[] least = least();
    byte[] greatest = greatest();
    return least != null && greatest != null && Arrays.compareUnsigned(least, greatest) > 0;
  }

  /** Whether a name belongs to it. */
  public boolean contains(byte[] name) {
    byte[] least = least();
    byte[] greatest = greatest();
    return (least == null || Arrays.compareUnsigned(name, least) >= 0)
        && (greatest == null || Arrays.compareUnsigned(name, greatest) <= 0);
  }

  /** Negative when {@code a} is met before {@code b}. */
  public int compare(byte[] a, byte[] b) {
    int ascending = Arrays.compareUnsigned(a, b);
    return order == Order.FORWARD ? ascending : -ascending;
  }
}
