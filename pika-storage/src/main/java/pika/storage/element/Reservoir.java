package pika.storage.element;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import pika.storage.bytes.Slice;

/**
 * Reservoir sampling (Vitter's algorithm R): a uniform sample of elements whose number is not known
 * in advance.
 */
final class Reservoir {
  private final long capacity;
  private final ElementFilter filter;
  private final RandomGenerator random;
  private final List<Element> sample = new ArrayList<>();
  private long seen;

  /** Creates an empty sample of at most {@code capacity} elements. */
  Reservoir(long capacity, ElementFilter filter, RandomGenerator random) {
    this.capacity = capacity;
    this.filter = filter;
    this.random = random;
  }

  /** Offers an element; always returns true, to see more. */
  boolean offer(Slice name, Slice value) {
    if (!filter.accepts(value)) {
      return true;
    }
    seen++;
    if (sample.size() < capacity) {
      sample.add(new Element(name, value));
      return true;
    }
    long place = random.nextLong(seen);
    if (place < sample.size()) {
      sample.set((int) place, new Element(name, value));
    }
    return true;
  }

  /** Returns the current sample. */
  List<Element> sample() {
    return sample;
  }
}
