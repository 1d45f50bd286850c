package pika.storage.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of keys in unsigned byte order.
 *
 * @param from the first key in the range
 * @param to the first key after it, or null when the range has no end
 */
public record KeyRange(byte[] from, byte @Nullable [] to) {

  /** Returns the range of keys that start with {@code prefix}. */
  public static KeyRange ofPrefix(byte[] prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  /** Returns the range of all keys. */
  public static KeyRange all() {
    return new KeyRange(new byte[0], null);
  }

  /** Returns this range, starting no earlier than {@code key}. */
  public KeyRange startingAt(byte[] key) {
    return Arrays.compareUnsigned(key, from) <= 0 ? this : new KeyRange(key, to);
  }

  /** Returns whether {@code key} lies in the range. */
  public boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, from) >= 0
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  /**
   * Returns the smallest key greater than every key starting with {@code prefix}; null when there
   * is none.
   */
  private static byte @Nullable [] successor(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }
}
