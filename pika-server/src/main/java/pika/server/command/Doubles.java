package pika.server.command;

import java.util.Locale;
import java.util.regex.Pattern;

/** C's spelling of floating-point numbers, which differs from Java's in the corners. */
final class Doubles {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEXADECIMAL = Pattern.compile(
      "[+-]?0x([0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(p[+-]?\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern INFINITY =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANKS = Pattern.compile("^[ \\t\\n\\x0b\\f\\r]+");

  private Doubles() {}

  /** The number, or NaN for a text that is none or does not fit a double. */
  static double parse(String text) {
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
   * The number as a plain call of C's strtod reads it, or NaN for a text that is none: blanks may stand before it, nothing
   * at all is 0, what follows a zero byte isn't seen, and what is too large is infinite.
   */
  static double parseLeniently(String text) {
    int end = text.indexOf('\0');
    String seen = end < 0 ? text : text.substring(0, end);
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
    // Java insists on the exponent that C lets one leave out.
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
