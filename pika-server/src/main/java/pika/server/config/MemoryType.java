package pika.server.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A size in bytes: a number with an optional B, K, KB, M, MB, G or GB, ignoring case. KB, MB and GB
 * are powers of 1024; the meaning of K, M and G depends on the line's dialect, see
 * {@link RawValue.Units}. As in Redis, no digits at all mean zero.
 */
record MemoryType(long min, long max, Percent percent) implements ValueType<Long> {
  enum Percent {
    ALLOWED,
    REFUSED
  }

  private static final Pattern SIZE = Pattern.compile("([0-9]*)(b|kb?|mb?|gb?)?");
  private static final String UNITS = " kmg"; // the index is the power
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  @Override
  public Long parse(RawValue raw, @Nullable Long base) throws BadValueException {
    String text = raw.word();
    if (percent == Percent.ALLOWED && text.length() > 1 && text.endsWith("%")) {
      return -percentage(text.substring(0, text.length() - 1));
    }
    Matcher written = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      throw new BadValueException(complaint());
    }
    BigInteger digits = new BigInteger("0" + written.group(1));
    BigInteger bytes = digits.multiply(unit(written.group(2), raw.units()));
    if (bytes.compareTo(LARGEST) > 0) {
      throw NumberTypes.outOfRange(Long.toString(min), Long.toString(max));
    }
    return NumberTypes.inRange(bytes.longValue(), min, max);
  }

  private static BigInteger unit(@Nullable String suffix, RawValue.Units units) {
    if (suffix == null || suffix.equals("b")) {
      return BigInteger.ONE;
    }
    long kilo = suffix.length() == 2 ? 1024 : units.kilo;
    return BigInteger.valueOf(kilo).pow(UNITS.indexOf(suffix.charAt(0)));
  }

  private long percentage(String digits) throws BadValueException {
    long value = NumberTypes.decimal(digits).orElse(-1);
    if (value < 0) {
      throw new BadValueException(complaint());
    }
    if (value > 100) {
      throw new BadValueException("percentage argument must be less or equal to 100");
    }
    return value;
  }

  private String complaint() {
    return percent == Percent.ALLOWED
        ? "argument must be a memory or percent value"
        : "argument must be a memory value";
  }

  @Override
  public String print(Long value) {
    return value < 0 ? -value + "%" : value.toString();
  }

  /** Prints the value in the largest exact unit, spelled so that both dialects agree. */
  @Override
  public String printForFile(Long value) {
    if (value <= 0) {
      return print(value);
    }
    long rest = value;
    int power = 0;
    while (power < UNITS.length() - 1 && rest % 1024 == 0) {
      rest /= 1024;
      power++;
    }
    return power == 0 ? value.toString() : rest + String.valueOf(UNITS.charAt(power)) + "b";
  }
}
