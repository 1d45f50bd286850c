package pika.server.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pika.server.config.RawValue.Units;

/**
 * One setting as it was written; whether it exists and is valid is not decided here.
 *
 * @param name in lower case
 */
record Directive(Origin origin, String name, RawValue value) {
  /**
   * Pika's syntax: a colon right after the name, or one between blanks. A colon attached to what
   * follows belongs to the value, as in {@code bind ::1}.
   */
  private static final Pattern PIKA_LINE =
      Pattern.compile("([A-Za-z0-9_.-]+)(?::(?!:)|\\s+:(?=\\s|$))(.*)", Pattern.DOTALL);

  /**
   * Parses {@code name value ...} or {@code name : value ...}; returns null for a blank line or a
   * comment.
   *
   * @throws ConfigException naming the line if it can't be split into words
   */
  static @Nullable Directive parse(Origin origin, String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return null;
    }
    Matcher pika = PIKA_LINE.matcher(line);
    try {
      return pika.matches()
          ? pikaLine(origin, pika.group(1), pika.group(2))
          : redisLine(origin, QuotedWords.split(line));
    } catch (BadValueException e) {
      throw new ConfigException(origin.file() + ":" + origin.line() + ": " + e.reason());
    }
  }

  private static Directive redisLine(Origin origin, List<String> words) {
    return of(origin, words.get(0), words.subList(1, words.size()), Units.REDIS);
  }

  /** Parses a line in Pika's syntax, where an empty value is written as nothing at all. */
  private static Directive pikaLine(Origin origin, String name, String rest)
      throws BadValueException {
    List<String> words = QuotedWords.split(rest);
    return of(origin, name, words.isEmpty() ? List.of("") : words, Units.PIKA);
  }

  /**
   * Returns whether this is Pika's {@code name :} without a value, which leaves the setting as it
   * is.
   */
  boolean saysNothing() {
    return value.units() == Units.PIKA && value.isEmpty();
  }

  static Directive of(Origin origin, String name, List<String> words, Units units) {
    return new Directive(
        origin, name.toLowerCase(Locale.ROOT), new RawValue(List.copyOf(words), units, origin));
  }
}
