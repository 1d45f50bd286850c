package pika.server.config;

import java.util.List;

/**
 * A setting's value as it was written, before it is interpreted.
 *
 * @param words the words, without quotes
 * @param units the value of a bare K, M or G
 * @param origin where it was written
 */
record RawValue(List<String> words, Units units, Origin origin) {
  /** The two dialects agree on KB, MB and GB (powers of 1024) and differ on K, M and G. */
  enum Units {
    /** {@code name value}: k is 1000, as Redis reads it. */
    REDIS(1000),
    /** {@code name : value}: K is 1024, as Pika reads it. */
    PIKA(1024);

    final int kilo;

    Units(int kilo) {
      this.kilo = kilo;
    }
  }

  RawValue(List<String> words, Units units) {
    this(words, units, Origin.COMMAND_LINE);
  }

  /** Returns the value of CONFIG SET, a single argument. */
  static RawValue of(String argument) {
    return new RawValue(List.of(argument), Units.REDIS);
  }

  boolean isEmpty() {
    return words.stream().allMatch(String::isEmpty);
  }

  /** Returns the word of a setting that takes exactly one. */
  String word() throws BadValueException {
    if (words.size() != 1) {
      throw new BadValueException("wrong number of arguments");
    }
    return words.get(0);
  }

  /**
   * Returns the values of a setting that takes several. They are words of a line or one argument of
   * CONFIG SET; the latter is split at every single blank, so that two in a row enclose an empty
   * value; an empty argument has no values.
   */
  List<String> list() {
    if (words.size() != 1) {
      return words;
    }
    String word = words.get(0);
    return word.isEmpty() ? List.of() : List.of(word.split(" ", -1));
  }
}
