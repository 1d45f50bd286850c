package pika.server.config;

import org.jspecify.annotations.Nullable;

/** The letters of {@code notify-keyspace-events}, in Redis' order and without duplicates. */
record KeyspaceEvents() implements ValueType<String> {
  /** What {@code A} stands for. */
  private static final String ALL = "g$lshzxetd";

  private static final String INSIDE_ALL_THEN_OTHERS = ALL + "nKEm";

  @Override
  public String parse(RawValue raw, @Nullable String base) throws BadValueException {
    String wanted = raw.word().replace("A", ALL);
    if (!wanted.chars().allMatch(letter -> INSIDE_ALL_THEN_OTHERS.indexOf(letter) >= 0)) {
      throw new BadValueException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
    StringBuilder letters = new StringBuilder();
    INSIDE_ALL_THEN_OTHERS
        .chars()
        .filter(letter -> wanted.indexOf(letter) >= 0)
        .forEach(letter -> letters.append((char) letter));
    return letters.toString().replace(ALL, "A");
  }

  @Override
  public String print(String value) {
    return value;
  }
}
