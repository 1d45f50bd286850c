package pika.server.config;

import java.util.List;

/**
 * One of several lines of the same setting. Lines are equal if their words are, wherever they are
 * written.
 *
 * @param words without the name of the setting
 * @param place file, line and setting, for messages: {@code conf/pika.conf:12: user}; empty if not
 *     from a file
 */
public record ConfigLine(List<String> words, String place) {
  public ConfigLine {
    words = List.copyOf(words);
  }

  /** Returns a line that is not from a file. */
  public static ConfigLine of(List<String> words) {
    return new ConfigLine(words, "");
  }

  /** Returns the exception for an invalid line. */
  public ConfigException refused(String reason) {
    return new ConfigException(place.isEmpty() ? reason : place + ": " + reason);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigLine line && line.words.equals(words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }
}
