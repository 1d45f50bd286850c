package pika.storage.bytes;

import java.util.Arrays;

/**
 * A part of an array, passed on without copying. The receiver must not change the array.
 *
 * @param array holds the bytes, possibly among others
 * @param offset where they start
 * @param length how many there are
 */
public record Slice(byte[] array, int offset, int length) {
  private static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  /** Returns an empty slice. */
  public static Slice empty() {
    return EMPTY;
  }

  /** Returns a slice of all of {@code array}. */
  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }
}
