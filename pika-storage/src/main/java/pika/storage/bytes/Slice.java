package pika.storage.bytes;

import java.util.Arrays;

/**
 * A part of an array, handed on without copying it. Whoever gets one must not change the array.
 *
 * @param array holds the bytes, and possibly others around them
 * @param offset where they start
 * @param length how many they are
 */
public record Slice(byte[] array, int offset, int length) {
  private static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  /** No bytes. */
  public static Slice empty() {
    return EMPTY;
  }

  /** All of {@code array}. */
  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }
}
