package pika.server.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of replies may wait for a client that does not read them, per class of client:
 * {@code class hard soft seconds}. A client is closed when it reaches the hard limit, or has been
 * over the soft limit for that many seconds without a break; 0 is no limit.
 */
public record OutputLimits(Limit normal, Limit replica, Limit pubsub) {
  /** The limits of one class. */
  public record Limit(long hardBytes, long softBytes, int softSeconds) {
    private static final Limit NONE = new Limit(0, 0, 0);

    private String print() {
      return hardBytes + " " + softBytes + " " + softSeconds;
    }
  }

  static final ValueType<OutputLimits> TYPE = new Type();

  private static final int WORDS_PER_CLASS = 4;
  private static final OutputLimits NONE = new OutputLimits(Limit.NONE, Limit.NONE, Limit.NONE);

  private OutputLimits with(String clientClass, Limit limit) throws BadValueException {
    return switch (clientClass.toLowerCase(Locale.ROOT)) {
      case "normal" -> new OutputLimits(limit, replica, pubsub);
      case "slave", "replica" -> new OutputLimits(normal, limit, pubsub);
      case "pubsub" -> new OutputLimits(normal, replica, limit);
      default ->
        throw new BadValueException(
            "Invalid client class specified in buffer limit configuration.");
    };
  }

  /** A value may name some of the classes only; the others stay as they are. */
  private record Type() implements ValueType.OfWords<OutputLimits> {
    private static final ValueType<Long> SIZE = NumberTypes.memory(0, Long.MAX_VALUE);
    private static final ValueType<Integer> SECONDS = NumberTypes.integer(0, Integer.MAX_VALUE);

    @Override
    public OutputLimits parse(RawValue raw, @Nullable OutputLimits base) throws BadValueException {
      List<String> words = raw.list();
      if (words.size() % WORDS_PER_CLASS != 0) {
        throw new BadValueException("Wrong number of arguments in buffer limit configuration.");
      }
      OutputLimits limits = base == null ? NONE : base;
      for (int i = 0; i < words.size(); i += WORDS_PER_CLASS) {
        limits = limits.with(words.get(i), limit(words.subList(i + 1, i + 4), raw.units()));
      }
      return limits;
    }

    private static Limit limit(List<String> words, RawValue.Units units) throws BadValueException {
      try {
        return new Limit(
            SIZE.parse(new RawValue(words.subList(0, 1), units), null),
            SIZE.parse(new RawValue(words.subList(1, 2), units), null),
            SECONDS.parse(RawValue.of(words.get(2)), null));
      } catch (BadValueException e) {
        throw new BadValueException(
            "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
      }
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
