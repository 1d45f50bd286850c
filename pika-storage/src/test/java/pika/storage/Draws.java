package pika.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** An endless sequence of things in a random order that is the same in every run. */
public final class Draws<T> {
  /** More than a processor's branch predictor learns. */
  private static final int LEAST = 1 << 12;

  private final List<T> drawn = new ArrayList<>();
  private int next;

  /** Draws from {@code count} things. */
  public Draws(int count, IntFunction<T> make) {
    List<T> things = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      things.add(make.apply(i));
    }
    Random random = new Random(1);
    for (int i = 0; i < Math.max(count, LEAST); i++) {
      drawn.add(things.get(random.nextInt(count)));
    }
  }

  /** Returns the next one. */
  public T next() {
    int at = next;
    next = at + 1 == drawn.size() ? 0 : at + 1;
    return drawn.get(at);
  }
}
