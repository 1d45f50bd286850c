package pika.server.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.server.config.RawValue.Units;

/**
 * How many bytes of replies may wait for a client that does not read them, per class of client:
 * {@code class hard soft seconds}. A client is closed when it reaches the hard limit, or has been
 * over the soft limit for that many seconds without interruption; 0 means no limit.
 */
public record OutputLimits(Limit normal, Limit replica, Limit pubsub) {
  /** The limits of one class. */
  public record Limit(long hardBytes, long softBytes, int softSeconds) {
    private static final Limit NONE = new Limit(0, 0, 0);
    private static final ValueType<Long> SIZE = NumberTypes.memory(0, Long.MAX_VALUE);
    private static final ValueType<Integer> SECONDS = NumberTypes.integer(0, Integer.MAX_VALUE);

    private static Limit parse(List<String> classAndLimit, Units units) throws BadValueException {
      try {
        return new Limit(
            SIZE.parse(new RawValue(classAndLimit.subList(1, 2), units), null),
            SIZE.parse(new RawValue(classAndLimit.subList(2, 3), units), null),
            SECONDS.parse(new RawValue(classAndLimit.subList(3, 4), units), null));
      } catch (BadValueException e) {
        throw new BadValueException(
            "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
      }
    }

    private String print() {
      return hardBytes + " " + softBytes + " " + softSeconds;
    }
  }

  static final ValueType<OutputLimits> TYPE = new Type();

  private static final int WORDS_PER_CLASS = 4;
  private static final OutputLimits NONE = new OutputLimits(Limit.NONE, Limit.NONE, Limit.NONE);

  /** Checks the class before its numbers, as Redis does. */
  private OutputLimits with(List<String> classAndLimit, Units units) throws BadValueException {
    return switch (classAndLimit.get(0).toLowerCase(Locale.ROOT)) {
      case "normal" -> new OutputLimits(Limit.parse(classAndLimit, units), replica, pubsub);
      case "slave", "replica" ->
        new OutputLimits(normal, Limit.parse(classAndLimit, units), pubsub);
      case "pubsub" -> new OutputLimits(normal, replica, Limit.parse(classAndLimit, units));
      default ->
        throw new BadValueException(
            "Invalid client class specified in buffer limit configuration.");
    };
  }

  /** A value may name only some of the classes; the others stay as they are. */
  private record Type() implements ValueType.OfWords<OutputLimits> {
    @Override
    public OutputLimits parse(RawValue raw, @Nullable OutputLimits base) throws BadValueException {
      List<String> words = raw.list();
      if (words.size() % WORDS_PER_CLASS != 0) {
        throw new BadValueException("Wrong number of arguments in buffer limit configuration.");
      }
      OutputLimits limits = base == null ? NONE : base;
      for (int i = 0; i < words.size(); i += WORDS_PER_CLASS) {
        limits = limits.with(words.subList(i, i + WORDS_PER_CLASS), raw.units());
      }
      return limits;
    }

    @Override
    public String print(OutputLimits value) {
      return "normal " + value.normal.print()
          + " slave " + value.replica.print()
          + " pubsub " + value.pubsub.print();
    }

    @Override
    public OutputLimits base(OutputLimits present) {
      return present;
    }
  }
}
