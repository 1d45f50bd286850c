package pika.server.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings with several words, each parsed by the element's type. */
final class ListTypes {
  private ListTypes() {}

  /** Words separated by blanks. */
  static ValueType<List<String>> words() {
    return new Separated<>(WordTypes.text(), " ", "", "");
  }

  /** Words separated by commas or blanks, shown with commas. */
  static ValueType<List<String>> commaSeparated() {
    return new Separated<>(WordTypes.text(), ",", "", "");
  }

  /** {@code [a:b:c]}; the brackets may be left out. */
  static <T> ValueType<List<T>> colonSeparated(ValueType<T> element) {
    return new Separated<>(element, ":", "[", "]");
  }

  /** At least one of a closed set of words. */
  static ValueType<List<String>> someOf(String... words) {
    return new SomeOf(WordTypes.oneOf(words));
  }

  /** Numbers from 0 to 100; error texts mention the name. */
  static ValueType<List<Double>> percentiles(String name) {
    return new Percentiles(name);
  }

  /** Three numbers from -2000 to 2000. */
  static ValueType<List<Long>> oomScores() {
    return new OomScores();
  }

  private record Separated<T>(ValueType<T> element, String separator, String open, String close)
      implements ValueType.OfWords<List<T>> {
    @Override
    public List<T> parse(RawValue raw, @Nullable List<T> base) throws BadValueException {
      List<T> values = new ArrayList<>();
      for (String word :
          unwrapped(String.join(" ", raw.words())).split("[ " + separator + "]+", -1)) {
        if (!word.isEmpty()) {
          values.add(element.parse(RawValue.of(word), null));
        }
      }
      return List.copyOf(values);
    }

    private String unwrapped(String text) {
      String trimmed = text.strip();
      boolean wrapped = !open.isEmpty() && trimmed.startsWith(open) && trimmed.endsWith(close);
      return wrapped ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }

    @Override
    public String print(List<T> values) {
      return values.isEmpty() ? "" : open + joined(values, element, separator) + close;
    }
  }

  private record SomeOf(ValueType<String> choice) implements ValueType.OfWords<List<String>> {
    @Override
    public List<String> parse(RawValue raw, @Nullable List<String> base) throws BadValueException {
      List<String> words = raw.list().isEmpty() ? List.of("") : raw.list();
      List<String> chosen = new ArrayList<>();
      for (String word : words) {
        chosen.add(choice.parse(RawValue.of(word), null));
      }
      return List.copyOf(chosen);
    }

    @Override
    public String print(List<String> values) {
      return joined(values, choice, " ");
    }
  }

  private record Percentiles(String name) implements ValueType.OfWords<List<Double>> {
    /** Rounded to six decimals, which is what Redis shows. */
    private static final double DECIMALS = 1e6;

    private static final Pattern DECIMAL =
        Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    @Override
    public List<Double> parse(RawValue raw, @Nullable List<Double> base) throws BadValueException {
      List<Double> values = new ArrayList<>();
      for (String word : raw.list()) {
        if (!DECIMAL.matcher(word).matches()) {
          throw new BadValueException("Invalid " + name + " parameters");
        }
        double value = Double.parseDouble(word);
        if (value < 0 || value > 100) {
          throw new BadValueException(name + " parameters should sit between [0.0,100.0]");
        }
        values.add(Math.round(value * DECIMALS) / DECIMALS);
      }
      return List.copyOf(values);
    }

    @Override
    public String print(List<Double> values) {
      return values.stream().map(Percentiles::plain).collect(Collectors.joining(" "));
    }

    private static String plain(double value) {
      return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
  }

  private record OomScores() implements ValueType.OfWords<List<Long>> {
    private static final int COUNT = 3;
    private static final long BOUND = 2000;

    @Override
    public List<Long> parse(RawValue raw, @Nullable List<Long> base) throws BadValueException {
      List<String> words = raw.list();
      if (words.size() != COUNT) {
        throw new BadValueException("wrong number of arguments");
      }
      List<Long> values = new ArrayList<>();
      for (String word : words) {
        long value = NumberTypes.decimal(word).orElse(Long.MAX_VALUE);
        if (Math.abs(value) > BOUND) {
          throw new BadValueException(
              "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
        }
        values.add(value);
      }
      return List.copyOf(values);
    }

    @Override
    public String print(List<Long> values) {
      return joined(values, NumberTypes.number(-BOUND, BOUND), " ");
    }
  }

  private static <T> String joined(List<T> values, ValueType<T> element, String separator) {
    return values.stream().map(element::print).collect(Collectors.joining(separator));
  }
}
