package pika.server.command;

import java.nio.charset.StandardCharsets;

/**
 * Parses single arguments as strictly as Redis does. A malformed argument is a
 * {@link CommandException}.
 */
public final class Args {
  private Args() {}

  /** Returns the bytes of a text that came from {@link #text} or is ASCII. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns a string with one char per byte, so that no byte is lost. */
  public static String text(byte[] arg) {
    return new String(arg, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the text up to the first zero byte, as C, and hence Redis' errors and options, see it.
   */
  public static String printed(String text) {
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Returns a string of the first {@code length} bytes, one char per byte. */
  public static String text(byte[] arg, int length) {
    return new String(arg, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Returns whether C's isspace accepts the char. */
  public static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Returns whether the argument equals {@code word}, given in upper case, ignoring case. */
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

  /** Parses a 64-bit integer in canonical form: no plus sign, no leading zeros or blanks. */
  public static long parseLong(byte[] arg) {
    return parseLong(arg, "ERR value is not an integer or out of range");
  }

  /** Like {@link #parseLong(byte[])}, with another error text. */
  public static long parseLong(byte[] arg, String errorText) {
    int start = arg.length > 0 && arg[0] == '-' ? 1 : 0;
    int digits = arg.length - start;
    boolean lonelyZero = digits == 1 && arg[start] == '0' && start == 0;
    if (digits < 1 || digits > 19 || (arg[start] == '0' && !lonelyZero)) {
      throw new CommandException(errorText);
    }
    // Accumulates negatively, because the negative range is larger by one.
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

  /**
   * Like {@link #parseDouble(byte[])}, but returns NaN for anything else; the text has one char per
   * byte.
   */
  public static double doubleOrNaN(String text) {
    return Doubles.parse(text);
  }

  private static boolean overflows(long negated, int digit) {
    long limit = Long.MIN_VALUE / 10;
    return negated < limit || (negated == limit && digit > -(Long.MIN_VALUE % 10));
  }

  /**
   * Parses a floating-point number as C's strtod does, including infinities and hexadecimal; but no
   * leading blanks, no nan, and neither overflow nor underflow.
   */
  public static double parseDouble(byte[] arg) {
    return parseDouble(arg, "ERR value is not a valid float");
  }

  /** Like {@link #parseDouble(byte[])}, with another error text. */
  public static double parseDouble(byte[] arg, String errorText) {
    double value = Doubles.parse(text(arg));
    if (Double.isNaN(value)) {
      throw new CommandException(errorText);
    }
    return value;
  }

  /**
   * Parses what follows the first {@code skipped} bytes as a plain call of C's strtod does: leading
   * blanks are skipped, an empty text is 0, a zero byte ends the text, overflow gives infinity.
   * Rejects nan.
   */
  public static double parseDoubleLeniently(byte[] arg, int skipped, String errorText) {
    double value = Doubles.parseLeniently(text(arg).substring(skipped));
    if (Double.isNaN(value)) {
      throw new CommandException(errorText);
    }
    return value;
  }
}
