package pika.tools.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as people write it: {@code 100}, {@code 16kb}, {@code 1g}. Units are powers of
 * 1024, as in Redis' configuration when they end in {@code b}.
 */
public record ByteSize(long bytes) {

  private static final String UNITS = "kmgt";

  /**
   * Parses a size; case and a trailing {@code b} do not matter.
   *
   * @throws IllegalArgumentException if {@code text} is not a size, is negative or exceeds a long
   */
  public static ByteSize parse(String text) {
    String number = text.strip().toLowerCase(Locale.ROOT);
    number = number.endsWith("b") ? number.substring(0, number.length() - 1) : number;
    int unit = number.isEmpty() ? -1 : UNITS.indexOf(number.charAt(number.length() - 1));
    number = unit < 0 ? number : number.substring(0, number.length() - 1);
    try {
      long count = Long.parseLong(number);
      if (count < 0) {
        throw new IllegalArgumentException("negative size: " + text);
      }
      return new ByteSize(Math.multiplyExact(count, 1L << (10 * (unit + 1))));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("not a size (100, 16kb, 1gb): " + text, e);
    }
  }

  /** The shortest exact form: {@code 16KB}, {@code 100B}. */
  @Override
  public String toString() {
    long count = bytes;
    int unit = -1;
    while (count > 0 && count % 1024 == 0 && unit < UNITS.length() - 1) {
      count /= 1024;
      unit++;
    }
    String name = unit < 0 ? "" : UNITS.substring(unit, unit + 1).toUpperCase(Locale.ROOT);
    return count + name + "B";
  }

  /** Lets picocli parse options of this type. */
  public static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
