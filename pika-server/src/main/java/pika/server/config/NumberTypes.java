package pika.server.config;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numeric settings: plain numbers, sizes, durations, file modes. All bounds are inclusive. */
final class NumberTypes {
  private static final String NO_INTEGER = "argument couldn't be parsed into an integer";
  private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,18})(us|ms|s|m|h|d)");
  private static final Map<String, Long> UNIT_MICROS = Map.of(
      "us", 1L,
      "ms", 1_000L,
      "s", 1_000_000L,
      "m", 60_000_000L,
      "h", 3_600_000_000L,
      "d", 86_400_000_000L);

  private NumberTypes() {}

  static ValueType<Integer> integer(int min, int max) {
    return new Integers(min, max);
  }

  static ValueType<Long> number(long min, long max) {
    return new Longs(min, max);
  }

  /** Bytes. */
  static ValueType<Long> memory(long min, long max) {
    return new MemoryType(min, max, MemoryType.Percent.REFUSED);
  }

  /** A size in bytes, or a percentage like {@code 5%}, which is stored as a negative number. */
  static ValueType<Long> memoryOrPercent() {
    return new MemoryType(0, Long.MAX_VALUE, MemoryType.Percent.ALLOWED);
  }

  /** A duration in the given unit, us, ms, s, m, h or d, which also applies to plain numbers. */
  static ValueType<Long> duration(String unit, long min, long max) {
    return new Durations(unit, min, max);
  }

  /** A file mode in octal digits. */
  static ValueType<Integer> fileMode() {
    return new FileMode();
  }

  /**
   * Parses an integer as strictly as Redis: no plus sign, no blanks, no leading zeros, no minus
   * zero.
   */
  static OptionalLong decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // nineteen digits beyond the range
    }
  }

  static long inRange(long value, long min, long max) throws BadValueException {
    if (value < min || value > max) {
      throw outOfRange(Long.toString(min), Long.toString(max));
    }
    return value;
  }

  static BadValueException outOfRange(String min, String max) {
    return new BadValueException("argument must be between " + min + " and " + max + " inclusive");
  }

  private record Integers(int min, int max) implements ValueType<Integer> {
    @Override
    public Integer parse(RawValue raw, @Nullable Integer base) throws BadValueException {
      return (int) inRange(plainNumber(raw.word()), min, max);
    }

    @Override
    public String print(Integer value) {
      return value.toString();
    }
  }

  private record Longs(long min, long max) implements ValueType<Long> {
    @Override
    public Long parse(RawValue raw, @Nullable Long base) throws BadValueException {
      return inRange(plainNumber(raw.word()), min, max);
    }

    @Override
    public String print(Long value) {
      return value.toString();
    }
  }

  private record Durations(String unit, long min, long max) implements ValueType<Long> {
    @Override
    public Long parse(RawValue raw, @Nullable Long base) throws BadValueException {
      String text = raw.word();
      Matcher written = WITH_UNIT.matcher(text.toLowerCase(Locale.ROOT));
      if (!written.matches()) {
        return inRange(plainNumber(text), min, max);
      }
      long count = Long.parseLong(written.group(1));
      long micros = UNIT_MICROS.getOrDefault(written.group(2), 1L);
      long own = UNIT_MICROS.getOrDefault(unit, 1L);
      if (count > Long.MAX_VALUE / micros) {
        throw outOfRange(Long.toString(min), Long.toString(max));
      }
      if (count * micros % own != 0) {
        throw new BadValueException("argument must be a multiple of 1" + unit);
      }
      return inRange(count * micros / own, min, max);
    }

    @Override
    public String print(Long value) {
      return value.toString();
    }
  }

  private record FileMode() implements ValueType<Integer> {
    private static final int MAX = 0777;

    @Override
    public Integer parse(RawValue raw, @Nullable Integer base) throws BadValueException {
      String text = raw.word();
      if (!text.matches("[0-7]{1,9}")) {
        throw new BadValueException("argument couldn't be parsed as an octal number");
      }
      int mode = Integer.parseInt(text, 8);
      if (mode > MAX) {
        throw outOfRange("0", Integer.toOctalString(MAX));
      }
      return mode;
    }

    @Override
    public String print(Integer value) {
      return Integer.toOctalString(value);
    }
  }

  private static long plainNumber(String text) throws BadValueException {
    return decimal(text).orElseThrow(() -> new BadValueException(NO_INTEGER));
  }
}
