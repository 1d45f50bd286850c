package pika.storage.string;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A C {@code long double} on x86, which Redis' INCRBYFLOAT computes with there: 64 bits of
 * significand, round half to even. With double, or with exact decimals, the last digits of some
 * results would differ.
 *
 * @param value the exact value, null for an infinity
 */
public record LongDouble(@Nullable BigDecimal value) {
  /** Zero. */
  public static final LongDouble ZERO = new LongDouble(BigDecimal.ZERO);

  private static final int SIGNIFICAND_BITS = 64;
  /** The unit in the last place of the smallest numbers is 2 to the minus this. */
  private static final int SMALLEST_EXPONENT = 16445;

  private static final int GREATEST_BIT_LENGTH = 16384;
  /** Beyond these powers of ten a number certainly over- or underflows. */
  private static final int GREATEST_POWER_OF_TEN = 4933;

  private static final int SMALLEST_POWER_OF_TEN = -4952;
  private static final int PRINTED_DECIMALS = 17;
  /** Redis rejects longer texts. */
  public static final int MAX_TEXT_BYTES = 5 * 1024 - 1;

  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:[eE]([+-]?\\d+))?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]*)(?:\\.([0-9a-fA-F]*))?(?:[pP]([+-]?\\d+))?");
  private static final Pattern INFINITY =
      Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);
  private static final LongDouble INFINITE = new LongDouble(null);

  /** Returns whether it is an infinity. */
  public boolean isInfinite() {
    return value == null;
  }

  /** Parses a number as {@code strtold} does; returns null if it is invalid or out of range. */
  public static @Nullable LongDouble parse(byte[] array, int offset, int length) {
    if (length > MAX_TEXT_BYTES) {
      return null;
    }
    String text = new String(array, offset, length, StandardCharsets.ISO_8859_1);
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return inRange(new BigDecimal(decimal.group(1)), exponent(decimal.group(2)));
    }
    Matcher hexadecimal = HEXADECIMAL.matcher(text);
    if (hexadecimal.matches()) {
      return parseHexadecimal(hexadecimal);
    }
    return INFINITY.matcher(text).matches() ? INFINITE : null;
  }

  /** Returns the sum; infinite when it overflows. */
  public LongDouble plus(LongDouble other) {
    if (value == null || other.value == null) {
      return INFINITE;
    }
    BigDecimal sum = rounded(value.add(other.value));
    return new LongDouble(overflows(sum) ? null : sum);
  }

  /** Formats a finite number like {@code %.17Lf}, without trailing zeros. */
  public byte[] text() {
    if (value == null) {
      throw new IllegalStateException("an infinity has no digits");
    }
    return value
        .setScale(PRINTED_DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable LongDouble parseHexadecimal(Matcher parts) {
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String digits = parts.group(2) + fraction;
    if (digits.isEmpty()) {
      return null;
    }
    BigInteger significand = new BigInteger(parts.group(1) + digits, 16);
    long exponent = exponent(parts.group(4)) - 4L * fraction.length();
    if (significand.signum() == 0) {
      return ZERO;
    }
    long bitLength = significand.bitLength() + exponent;
    if (bitLength > GREATEST_BIT_LENGTH || bitLength < -SMALLEST_EXPONENT) {
      return null;
    }
    return inRange(timesPowerOfTwo(significand, (int) exponent), 0);
  }

  /** Parses an exponent, clamped to one certainly out of range. */
  private static int exponent(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int limit = 1 << 20;
    BigInteger exact = new BigInteger(text);
    return exact.bitLength() > 20 ? exact.signum() * limit : exact.intValue();
  }

  /** Returns {@code significand * 10^exponent}, rounded; null when it over- or underflows. */
  private static @Nullable LongDouble inRange(BigDecimal significand, int exponent) {
    if (significand.signum() == 0) {
      return ZERO;
    }
    long power = (long) significand.precision() - significand.scale() + exponent;
    if (power > GREATEST_POWER_OF_TEN || power < SMALLEST_POWER_OF_TEN) {
      return null;
    }
    BigDecimal value = rounded(significand.scaleByPowerOfTen(exponent));
    return value.signum() == 0 || overflows(value) ? null : new LongDouble(value);
  }

  private static boolean overflows(BigDecimal value) {
    return value.toBigInteger().bitLength() > GREATEST_BIT_LENGTH;
  }

  /** Rounds to a 64-bit significand, half to even. */
  private static BigDecimal rounded(BigDecimal exact) {
    BigInteger numerator = exact.unscaledValue();
    BigInteger denominator = BigInteger.ONE;
    if (exact.scale() > 0) {
      denominator = BigInteger.TEN.pow(exact.scale());
    } else {
      numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
    }
    // The quotient has 64 or 65 bits, so one more step down suffices.
    int shift = SIGNIFICAND_BITS - (numerator.bitLength() - denominator.bitLength());
    shift = Math.min(shift, SMALLEST_EXPONENT);
    BigInteger quotient = quotient(numerator, denominator, shift);
    if (quotient.bitLength() > SIGNIFICAND_BITS) {
      shift--;
      quotient = quotient(numerator, denominator, shift);
    }
    return timesPowerOfTwo(quotient, -shift);
  }

  /** Returns {@code numerator * 2^shift / denominator}, rounded half to even. */
  private static BigInteger quotient(BigInteger numerator, BigInteger denominator, int shift) {
    BigInteger dividend = shift > 0 ? numerator.shiftLeft(shift) : numerator;
    BigInteger divisor = shift < 0 ? denominator.shiftLeft(-shift) : denominator;
    return new BigDecimal(dividend)
        .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN)
        .toBigInteger();
  }

  private static BigDecimal timesPowerOfTwo(BigInteger significand, int exponent) {
    if (exponent >= 0) {
      return new BigDecimal(significand.shiftLeft(exponent));
    }
    return new BigDecimal(significand.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }
}
