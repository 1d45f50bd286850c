package pika.storage.string;

import java.nio.charset.StandardCharsets;
import pika.storage.key.DataException;

/**
 * 64-bit integers in the one spelling that Redis takes for one: no plus sign, no blanks, no leading
 * zeros, no minus before zero. A string that is spelled so can be incremented, and reading and
 * writing it gives the same bytes again.
 */
public final class IntegerText {
  /** The longest spelling of an integer. */
  public static final int MAX_BYTES = 20;

  /** Digits of the greatest 64-bit integer. */
  private static final int MAX_DIGITS = 19;

  private static final byte[] LEAST = "-9223372036854775808".getBytes(StandardCharsets.ISO_8859_1);

  private IntegerText() {}

  /**
   * How an integer is spelled. Written digit by digit: {@code Long.toString(value).getBytes()} makes three arrays of one, and
   * C2 has been seen to lose the digits on the way when the result was copied on (JDK-8380060).
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

  /** Reads an integer; anything else is {@link DataException.Problem#NOT_AN_INTEGER}. */
  public static long parse(byte[] array, int offset, int length) {
    if (!isInteger(array, offset, length)) {
      throw new DataException(DataException.Problem.NOT_AN_INTEGER);
    }
    boolean negative = array[offset] == '-';
    long value = negatedValue(array, negative ? offset + 1 : offset, offset + length);
    return negative ? value : -value;
  }

  /** Whether these bytes spell one. */
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

  /**
   * Whether 19 digits stay inside the 64-bit range: the wrapped product then still has the sign.
   */
  private static boolean fits(byte[] array, int start, int end, boolean negative) {
    long negated = negatedValue(array, start, end);
    return negated < 0 && (negative || negated != Long.MIN_VALUE);
  }

  /** Minus the number, because the negative numbers reach one further. */
  private static long negatedValue(byte[] array, int start, int end) {
    long negated = 0;
    for (int i = start; i < end; i++) {
      negated = negated * 10 - (array[i] - '0');
    }
    return negated;
  }
}
