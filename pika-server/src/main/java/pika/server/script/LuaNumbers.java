package pika.server.script;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Formats Lua numbers as arguments of commands: C's {@code %.17g}. */
final class LuaNumbers {
  private static final int DIGITS = 17;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final double EXACT = 1e15;

  private LuaNumbers() {}

  static byte[] bytes(double number) {
    return text(number).getBytes(StandardCharsets.US_ASCII);
  }

  static String text(double number) {
    if (number == Math.rint(number) && Math.abs(number) < EXACT) {
      return number == 0 && 1 / number < 0 ? "-0" : Long.toString((long) number);
    }
    if (Double.isNaN(number)) {
      // The result of 0/0 on x86.
      return "-nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(number).round(ROUNDING).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String power = Integer.toString(Math.abs(exponent));
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }

  /**
   * Converts a script's number to an integer reply: truncated; out of range it becomes the smallest
   * integer, as on x86.
   */
  static long integer(double number) {
    return number >= -0x1p63 && number < 0x1p63 ? (long) number : Long.MIN_VALUE;
  }
}
