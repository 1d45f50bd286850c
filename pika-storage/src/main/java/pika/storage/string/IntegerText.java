package pika.storage.string;

import java.nio.charset.StandardCharsets;
import pika.storage.key.DataException;

/**
 * 64-bit integers in the canonical form that Redis accepts as integers: no plus sign, blanks,
 * leading zeros or minus zero. Parsing and formatting such a string gives the same bytes.
 */
public final class IntegerText {
  /** Maximum length of an integer. */
  public static final int MAX_BYTES = 20;

  /** Digits of the greatest 64-bit integer. */
  private static final int MAX_DIGITS = 19;

  private static final byte[] LEAST = "-9223372036854775808".getBytes(StandardCharsets.ISO_8859_1);

  private IntegerText() {}

  /**
   * Formats an integer. Written digit by digit: {@code Long.toString(value).getBytes()} allocates
   * three arrays for one, and C2 has been seen to lose the digits when the result was copied on
   * (JDK-8380060).
   */
  public static byte[] bytes(long value) {
    if (value == Long.MIN_VALUE) {
      return LEAST.clone();
    }
    long magnitude = Math.abs(value);
    int digits = 1;
    for (long rest = magnitude; rest >= 10; rest /= 10) {
      digits++;
    }
    byte[] text = new byte[value < 0 ? digits + 1 : digits];
    int at = text.length;
    do {
      text[--at] = (byte) ('0' + magnitude % 10);
      magnitude /= 10;
    } while (magnitude > 0);
    if (value < 0) {
      text[0] = '-';
    }
    return text;
  }

  /**
   * Parses an integer.
   *
   * @throws DataException with {@link DataException.Problem#NOT_AN_INTEGER} if it is none
   */
  public static long parse(byte[] array, int offset, int length) {
    if (!isInteger(array, offset, length)) {
      throw new DataException(DataException.Problem.NOT_AN_INTEGER);
    }
    boolean negative = array[offset] == '-';
    long value = negatedValue(array, negative ? offset + 1 : offset, offset + length);
    return negative ? value : -value;
  }

  /** Returns whether these bytes are an integer in canonical form. */
  public static boolean isInteger(byte[] array, int offset, int length) {
    boolean negative = length > 0 && array[offset] == '-';
    int start = negative ? offset + 1 : offset;
    int end = offset + length;
    int digits = end - start;
    if (digits < 1 || digits > MAX_DIGITS) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (array[i] < '0' || array[i] > '9') {
        return false;
      }
    }
    if (array[start] == '0') {
      return digits == 1 && !negative;
    }
    return digits < MAX_DIGITS || fits(array, start, end, negative);
  }

  /** Returns whether 19 digits fit 64 bits: the wrapped product then keeps its sign. */
  private static boolean fits(byte[] array, int start, int end, boolean negative) {
    long negated = negatedValue(array, start, end);
    return negated < 0 && (negative || negated != Long.MIN_VALUE);
  }

  /** Returns the negated number, because the negative range is larger by one. */
  private static long negatedValue(byte[] array, int start, int end) {
    long negated = 0;
    for (int i = start; i < end; i++) {
      negated = negated * 10 - (array[i] - '0');
    }
    return negated;
  }
}
