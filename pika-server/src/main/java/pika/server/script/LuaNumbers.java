package pika.server.script;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** How a command's argument spells a number of Lua: C's {@code %.17g}. */
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
      // What 0/0 is on a PC.
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

  /** What a script's number is as a reply: without its fraction; what doesn't fit is the smallest, as on a PC. */
  static long integer(double number) {
    return number >= -0x1p63 && number < 0x1p63 ? (long) number : Long.MIN_VALUE;
  }
}
