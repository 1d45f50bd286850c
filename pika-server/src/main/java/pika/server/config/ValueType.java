package pika.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of setting is read, checked and shown. Reading what was shown gives the same value.
 *
 * @param <T> the value in Java, immutable and with equals
 */
interface ValueType<T> {
  /**
   * Reads a value.
   *
   * @param base the value to build upon: what an earlier line of the file said, or what {@link
   *     #base} chose; of no interest to settings whose every value is whole
   * @throws BadValueException with Redis' reason where Redis has the setting
   */
  T parse(RawValue raw, @Nullable T base) throws BadValueException;

  /** The value as CONFIG GET shows it. */
  String print(T value);

  /** The value as it stands in a configuration file, quotes included. */
  default String printForFile(T value) {
    return QuotedWords.quote(print(value));
  }

  /** The values of the lines that say it in a configuration file. */
  default List<String> linesForFile(T value) {
    return List.of(printForFile(value));
  }

  /**
   * What the first line in a file, or a CONFIG SET, builds upon: null to start afresh, the present
   * value for settings of which one may name a part only.
   */
  default @Nullable T base(T present) {
    return null;
  }

  /** A setting of several words, which need no quotes between them. */
  interface OfWords<T> extends ValueType<T> {
    @Override
    default String printForFile(T value) {
      return QuotedWords.quoteIfAny(print(value));
    }
  }
}
