package pika.server.command;

import java.util.Locale;
import java.util.regex.Pattern;

/** Parses floating-point numbers as C does, which differs from Java in corner cases. */
final class Doubles {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEXADECIMAL = Pattern.compile(
      "[+-]?0x([0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(p[+-]?\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern INFINITY =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANKS = Pattern.compile("^[ \\t\\n\\x0b\\f\\r]+");

  /** An integer with this many digits is exact as a double. */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Doubles() {}

  /** Returns the number, or NaN if the text is none or does not fit a double. */
  static double parse(String text) {
    double plain = parsePlain(text);
    return Double.isNaN(plain) ? parseAny(text) : plain;
  }

  /**
   * Returns the number if it has few digits and no exponent; otherwise NaN, which does not mean
   * that it is invalid. The quotient of two exact numbers is correctly rounded (see Clinger, How to
   * Read Floating Point Numbers Accurately).
   */
  private static double parsePlain(String text) {
    int length = text.length();
    boolean signed = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+');
    long digits = 0;
    int count = 0;
    int point = length;
    for (int i = signed ? 1 : 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && count < EXACT_DIGITS) {
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point == length) {
        point = i + 1;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double value = digits / POWERS_OF_TEN[length - point];
    return text.charAt(0) == '-' ? -value : value;
  }

  private static double parseAny(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return fitting(Double.parseDouble(text), hasNonZeroDigit(text, 'e'));
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      boolean nonZero = hasNonZeroDigit(text.replaceFirst("[xX]", ""), 'p');
      return fitting(parseHexadecimal(text), nonZero);
    }
    return infinity(text);
  }

  /**
   * Parses a number as a plain call of C's strtod does, or returns NaN: leading blanks are skipped,
   * an empty text is 0, a zero byte ends the text, overflow gives infinity.
   */
  static double parseLeniently(String text) {
    String seen = Args.printed(text);
    if (seen.isEmpty()) {
      return 0;
    }
    String digits = BLANKS.matcher(seen).replaceFirst("");
    if (DECIMAL.matcher(digits).matches()) {
      return Double.parseDouble(digits);
    }
    return HEXADECIMAL.matcher(digits).matches() ? parseHexadecimal(digits) : infinity(digits);
  }

  private static double parseHexadecimal(String text) {
    boolean hasExponent = text.toLowerCase(Locale.ROOT).indexOf('p') >= 0;
    // Java requires the exponent that C makes optional.
    return Double.parseDouble(hasExponent ? text : text + "p0");
  }

  private static double infinity(String text) {
    if (INFINITY.matcher(text).matches()) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }

  private static double fitting(double value, boolean nonZero) {
    boolean overflowed = Double.isInfinite(value);
    boolean underflowed = value == 0 && nonZero;
    return overflowed || underflowed ? Double.NaN : value;
  }

  private static boolean hasNonZeroDigit(String text, char exponentMark) {
    for (int i = 0; i < text.length(); i++) {
      char c = Character.toLowerCase(text.charAt(i));
      if (c == exponentMark) {
        return false;
      }
      if (Character.isLetterOrDigit(c) && c != '0') {
        return true;
      }
    }
    return false;
  }
}
