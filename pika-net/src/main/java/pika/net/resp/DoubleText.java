package pika.net.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Formats doubles like Redis 7.0: C's {@code %.17g}, which parses back to the same double. So 3 is
 * {@code 3}, 0.1 is {@code 0.10000000000000001} and 1e20 is {@code 1e+20}.
 */
public final class DoubleText {

  private static final int PRECISION = 17;
  private static final MathContext SEVENTEEN_DIGITS =
      new MathContext(PRECISION, RoundingMode.HALF_EVEN);
  /** Whole numbers below this have at most 17 digits and are printed without an exponent. */
  private static final double WHOLE_BOUND = 1e17;

  private DoubleText() {}

  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_BOUND) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SEVENTEEN_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    boolean plain = exponent >= -4 && exponent < PRECISION;
    return plain ? rounded.toPlainString() : scientific(rounded, exponent);
  }

  private static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(PRECISION + 8);
    if (value.signum() < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return text.append(size < 10 ? "0" : "").append(size).toString();
  }
}
