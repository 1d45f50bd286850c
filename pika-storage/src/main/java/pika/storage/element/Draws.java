package pika.storage.element;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random sampling that looks at every element. */
final class Draws {
  private Draws() {}

  static @Nullable Element one(Elements all, ElementFilter filter, RandomGenerator random) {
    List<Element> sample = distinct(all, 1, filter, random);
    return sample.isEmpty() ? null : sample.get(0);
  }

  static List<Element> distinct(
      Elements all, long count, ElementFilter filter, RandomGenerator random) {
    Reservoir reservoir = new Reservoir(count, filter, random);
    if (count > 0) {
      all.forEach(reservoir::offer);
    }
    return reservoir.sample();
  }

  static List<Element> repeatedly(
      Elements all, int count, ElementFilter filter, RandomGenerator random) {
    List<Element> accepted = distinct(all, all.size(), filter, random);
    List<Element> drawn = new ArrayList<>();
    for (int i = 0; i < count && !accepted.isEmpty(); i++) {
      drawn.add(accepted.get(random.nextInt(accepted.size())));
    }
    return drawn;
  }
}
