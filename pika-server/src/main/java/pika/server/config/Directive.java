package pika.server.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pika.server.config.RawValue.Units;

/**
 * One setting as somebody wrote it; whether it exists and means anything is not decided here.
 *
 * @param name in lower case
 */
record Directive(Origin origin, String name, RawValue value) {
  /**
   * Pika's spelling: a colon right behind the name, or one with blanks on both sides. A colon
   * glued to what follows belongs to the value, as in {@code bind ::1}.
   */
  private static final Pattern PIKA_LINE =
      Pattern.compile("([A-Za-z0-9_.-]+)(?::(?!:)|\\s+:(?=\\s|$))(.*)", Pattern.DOTALL);

  /**
   * Reads {@code name value ...} or {@code name : value ...}; null for a blank line and a comment.
   *
   * @throws ConfigException naming the line when it cannot be cut into words
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

  /** Pika writes an empty value as nothing at all. */
  private static Directive pikaLine(Origin origin, String name, String rest)
      throws BadValueException {
    List<String> words = QuotedWords.split(rest);
    return of(origin, name, words.isEmpty() ? List.of("") : words, Units.PIKA);
  }

  /** Pika's {@code name :} with nothing behind it, which leaves the setting as it is. */
  boolean saysNothing() {
    return value.units() == Units.PIKA && value.isEmpty();
  }

  static Directive of(Origin origin, String name, List<String> words, Units units) {
    return new Directive(
        origin, name.toLowerCase(Locale.ROOT), new RawValue(List.copyOf(words), units, origin));
  }
}
