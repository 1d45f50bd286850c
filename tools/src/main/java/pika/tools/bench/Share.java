package pika.tools.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A percentage, written {@code 5%}. */
record Share(double percent) {

  static final Share ALL = new Share(100);

  /** This share of {@code whole}, at least 1. */
  int of(int whole) {
    return Math.max(1, (int) Math.round(whole * percent / 100));
  }

  /** Lets picocli parse options of this type. */
  static final class Converter implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      try {
        double percent = Double.parseDouble(text.endsWith("%") ? text.replace("%", "") : text);
        if (percent > 0 && percent <= 100) {
          return new Share(percent);
        }
      } catch (NumberFormatException e) {
        // Reported below.
      }
      throw new TypeConversionException("not a share (5%): " + text);
    }
  }
}
