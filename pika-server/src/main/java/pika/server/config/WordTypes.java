package pika.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings with one word: yes or no, a choice of a closed set, free text. */
final class WordTypes {
  private WordTypes() {}

  static ValueType<Boolean> yesNo() {
    return new YesNo();
  }

  /** An enum constant, written in lower case with hyphens. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> constants) {
    return oneOf(constants, Map.of());
  }

  /** Like {@link #oneOf(Class)}, with further spellings that are accepted but never shown. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> constants, Map<String, E> synonyms) {
    return new Choice<>(List.of(constants.getEnumConstants()), WordTypes::spelled, synonyms);
  }

  static ValueType<String> oneOf(String... words) {
    return new Choice<>(List.of(words), word -> word, Map.of());
  }

  static ValueType<String> text() {
    return new Text();
  }

  /**
   * A path; an empty one is rejected, since it would mean the working directory, which is hardly
   * intended.
   */
  static ValueType<String> path() {
    return new PathText("argument must be a path");
  }

  /** A path, or nothing. */
  static ValueType<String> pathIfAny() {
    return new PathText(null);
  }

  private static <E extends Enum<E>> String spelled(E constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private record YesNo() implements ValueType<Boolean> {
    private static final Map<String, String> PIKAS_SPELLINGS =
        Map.of("true", "yes", "1", "yes", "false", "no", "0", "no");

    @Override
    public Boolean parse(RawValue raw, @Nullable Boolean base) throws BadValueException {
      String word = raw.word().toLowerCase(Locale.ROOT);
      if (raw.units() == RawValue.Units.PIKA) {
        // Pika's files also say it like this.
        word = PIKAS_SPELLINGS.getOrDefault(word, word);
      }
      return switch (word) {
        case "yes" -> true;
        case "no" -> false;
        default -> throw new BadValueException("argument must be 'yes' or 'no'");
      };
    }

    @Override
    public String print(Boolean value) {
      return value ? "yes" : "no";
    }
  }

  private record Choice<T>(List<T> choices, Function<T, String> spelling, Map<String, T> synonyms)
      implements ValueType<T> {
    @Override
    public T parse(RawValue raw, @Nullable T base) throws BadValueException {
      String word = raw.word().toLowerCase(Locale.ROOT);
      for (T choice : choices) {
        if (spelling.apply(choice).equals(word)) {
          return choice;
        }
      }
      T meant = synonyms.get(word);
      if (meant == null) {
        throw new BadValueException(complaint());
      }
      return meant;
    }

    private String complaint() {
      return choices.stream()
          .map(spelling)
          .collect(Collectors.joining(", ", "argument(s) must be one of the following: ", ""));
    }

    @Override
    public String print(T value) {
      return spelling.apply(value);
    }
  }

  private record Text() implements ValueType<String> {
    @Override
    public String parse(RawValue raw, @Nullable String base) throws BadValueException {
      return raw.word();
    }

    @Override
    public String print(String value) {
      return value;
    }
  }

  /**
   * A name that the file system can have.
   *
   * @param complaint what is wrong with an empty path; null if nothing is
   */
  private record PathText(@Nullable String complaint) implements ValueType<String> {
    @Override
    public String parse(RawValue raw, @Nullable String base) throws BadValueException {
      String path = raw.word();
      if (path.isEmpty() && complaint != null) {
        throw new BadValueException(complaint);
      }
      try {
        Path unused = Path.of(path);
      } catch (InvalidPathException e) {
        throw new BadValueException("argument isn't a path: " + e.getReason());
      }
      return path;
    }

    @Override
    public String print(String value) {
      return value;
    }
  }
}
