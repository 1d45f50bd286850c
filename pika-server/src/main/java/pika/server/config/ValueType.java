package pika.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of setting is parsed, validated and printed. Parsing what was printed gives an equal
 * value.
 *
 * @param <T> the value in Java, immutable and with equals
 */
interface ValueType<T> {
  /**
   * Parses a value.
   *
   * @param base the value to build on: what an earlier line of the file said, or what {@link #base}
   *     chose; ignored if every value is complete
   * @throws BadValueException with Redis' reason if Redis has the setting
   */
  T parse(RawValue raw, @Nullable T base) throws BadValueException;

  /** Returns the value as CONFIG GET shows it. */
  String print(T value);

  /** Returns the value as a configuration file has it, including quotes. */
  default String printForFile(T value) {
    return QuotedWords.quote(print(value));
  }

  /** Returns the values of the lines that express it in a configuration file. */
  default List<String> linesForFile(T value) {
    return List.of(printForFile(value));
  }

  /**
   * Returns what the first line in a file, or a CONFIG SET, builds on: null to start afresh, the
   * current value if it may be changed in part.
   */
  default @Nullable T base(T present) {
    return null;
  }

  /** A setting with several words, which need no quotes between them. */
  interface OfWords<T> extends ValueType<T> {
    @Override
    default String printForFile(T value) {
      return QuotedWords.quoteIfAny(print(value));
    }
  }
}
