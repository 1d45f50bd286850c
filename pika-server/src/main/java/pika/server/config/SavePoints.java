package pika.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Redis' {@code save seconds changes ...}: pairs, several per line and several lines per file. A
 * line without pairs drops those before.
 */
record SavePoints(List<SavePoint> points) {
  record SavePoint(long seconds, long changes) {
    @Override
    public String toString() {
      return seconds + " " + changes;
    }
  }

  static final ValueType<SavePoints> TYPE = new Type();

  private static final SavePoints NONE = new SavePoints(List.of());

  private record Type() implements ValueType.OfWords<SavePoints> {
    @Override
    public SavePoints parse(RawValue raw, @Nullable SavePoints base) throws BadValueException {
      List<String> words = raw.list();
      if (words.isEmpty()) {
        return NONE;
      }
      if (words.size() % 2 != 0) {
        throw invalid();
      }
      List<SavePoint> points = new ArrayList<>(base == null ? List.of() : base.points);
      for (int i = 0; i < words.size(); i += 2) {
        points.add(new SavePoint(atLeast(1, words.get(i)), atLeast(0, words.get(i + 1))));
      }
      return new SavePoints(List.copyOf(points));
    }

    private static long atLeast(long min, String word) throws BadValueException {
      long value = NumberTypes.decimal(word).orElse(-1);
      if (value < min || value > Integer.MAX_VALUE) {
        throw invalid();
      }
      return value;
    }

    private static BadValueException invalid() {
      return new BadValueException("Invalid save parameters");
    }

    @Override
    public String print(SavePoints value) {
      return value.points.stream().map(SavePoint::toString).collect(Collectors.joining(" "));
    }
  }
}
