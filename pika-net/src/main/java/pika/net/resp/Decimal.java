package pika.net.resp;

/** Writes and parses decimal numbers in byte arrays, without creating strings. */
final class Decimal {

  private static final byte[] MIN = {
    '-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0',
    '8'
  };
  /** Any number with this many digits fits into a long. */
  private static final int SAFE_DIGITS = 18;

  private Decimal() {}

  /** Writes {@code value} at {@code at}, at most 20 bytes, and returns the index after it. */
  static int put(long value, byte[] out, int at) {
    if (value == Long.MIN_VALUE) {
      System.arraycopy(MIN, 0, out, at, MIN.length);
      return at + MIN.length;
    }
    int from = at;
    long rest = value;
    if (rest < 0) {
      out[from++] = '-';
      rest = -rest;
    }
    int end = from + digits(rest);
    for (int i = end - 1; i >= from; i--) {
      long tenth = rest / 10;
      out[i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    return end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long bound = 10; digits < SAFE_DIGITS + 1 && value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /**
   * Returned by {@link #parse} for text that Redis would not accept; no length is that small.
   */
  static final long INVALID = Long.MIN_VALUE;

  /**
   * Parses a number as strictly as Redis parses lengths: an optional minus, no plus, no blanks, no
   * leading zeros. Numbers of more than 18 digits are not sensible lengths and count as invalid.
   */
  static long parse(byte[] in, int from, int to) {
    int at = from;
    boolean negative = at < to && in[at] == '-';
    if (negative) {
      at++;
    }
    int length = to - at;
    if (length < 1 || length > SAFE_DIGITS || (in[at] == '0' && (length > 1 || negative))) {
      return INVALID;
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = in[at] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }
}
