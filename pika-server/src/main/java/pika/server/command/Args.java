package pika.server.command;

import java.nio.charset.StandardCharsets;

/** Reads single arguments as strictly as Redis reads them. */
public final class Args {
  private Args() {}

  /** The bytes of a text that came from {@link #text} or holds ASCII only. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One char per byte, so that no byte is lost on the way through a Java string. */
  public static String text(byte[] arg) {
    return new String(arg, StandardCharsets.ISO_8859_1);
  }

  /** As C sees it, and so Redis in what it reads and in its errors: up to the first zero byte. */
  public static String printed(String text) {
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The same of the first {@code length} bytes. */
  public static String text(byte[] arg, int length) {
    return new String(arg, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** What C takes for white space. */
  public static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Whether the argument is this word, which is given in upper case, in any case. */
  public static boolean is(byte[] arg, String word) {
    if (arg.length != word.length()) {
      return false;
    }
    for (int i = 0; i < arg.length; i++) {
      if (lower(arg[i]) != lower((byte) word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  /** A 64-bit integer in its one canonical spelling: no plus, no leading zeros or blanks. */
  public static long parseLong(byte[] arg) {
    return parseLong(arg, "ERR value is not an integer or out of range");
  }

  /** {@link #parseLong(byte[])} with an error text of its own. */
  public static long parseLong(byte[] arg, String errorText) {
    int start = arg.length > 0 && arg[0] == '-' ? 1 : 0;
    int digits = arg.length - start;
    boolean lonelyZero = digits == 1 && arg[start] == '0' && start == 0;
    if (digits < 1 || digits > 19 || (arg[start] == '0' && !lonelyZero)) {
      throw new CommandException(errorText);
    }
    // Counting downwards, because the negative numbers reach one further.
    long negated = 0;
    for (int i = start; i < arg.length; i++) {
      int digit = arg[i] - '0';
      if (digit < 0 || digit > 9 || (i - start == 18 && overflows(negated, digit))) {
        throw new CommandException(errorText);
      }
      negated = negated * 10 - digit;
    }
    if (start == 0 && negated == Long.MIN_VALUE) {
      throw new CommandException(errorText);
    }
    return start == 1 ? negated : -negated;
  }

  /** {@link #parseDouble(byte[])}, but NaN for what is no number; the text has one char per byte. */
  public static double doubleOrNaN(String text) {
    return Doubles.parse(text);
  }

  private static boolean overflows(long negated, int digit) {
    long limit = Long.MIN_VALUE / 10;
    return negated < limit || (negated == limit && digit > -(Long.MIN_VALUE % 10));
  }

  /**
   * A floating-point number as C's strtod reads it, infinities and hexadecimal included; no blanks,
   * no nan, and no overflow or underflow.
   */
  public static double parseDouble(byte[] arg) {
    return parseDouble(arg, "ERR value is not a valid float");
  }

  /** {@link #parseDouble(byte[])} with an error text of its own. */
  public static double parseDouble(byte[] arg, String errorText) {
    double value = Doubles.parse(text(arg));
    if (Double.isNaN(value)) {
      throw new CommandException(errorText);
    }
    return value;
  }

  /**
   * What follows the first {@code skipped} bytes as a plain call of C's strtod reads it: blanks may stand before the
   * number, nothing at all is 0, what follows a zero byte isn't seen, what is too large is infinite. Not nan.
   */
  public static double parseDoubleLeniently(byte[] arg, int skipped, String errorText) {
    double value = Doubles.parseLeniently(text(arg).substring(skipped));
    if (Double.isNaN(value)) {
      throw new CommandException(errorText);
    }
    return value;
  }
}
