package pika.server.config;

import java.util.List;

/**
 * What was written behind a setting's name, before anyone knows what it means.
 *
 * @param words the words, quotes already taken off
 * @param units what a bare K, M or G is worth
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

  /** The value of CONFIG SET, one argument. */
  static RawValue of(String argument) {
    return new RawValue(List.of(argument), Units.REDIS);
  }

  boolean isEmpty() {
    return words.stream().allMatch(String::isEmpty);
  }

  /** The value of a setting that takes exactly one word. */
  String word() throws BadValueException {
    if (words.size() != 1) {
      throw new BadValueException("wrong number of arguments");
    }
    return words.get(0);
  }

  /**
   * The values of a setting that takes several. They come as words of a line or as one argument of
   * CONFIG SET; the latter is cut at every single blank, so that two in a row hold an empty value
   * between them, and is no value at all when it is empty.
   */
  List<String> list() {
    if (words.size() != 1) {
      return words;
    }
    String word = words.get(0);
    return word.isEmpty() ? List.of() : List.of(word.split(" ", -1));
  }
}
