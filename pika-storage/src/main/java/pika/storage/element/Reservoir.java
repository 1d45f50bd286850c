package pika.storage.element;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import pika.storage.bytes.Slice;

/**
 * A fair sample of elements whose number isn't known beforehand (Vitter's algorithm R): the first fill it, each later one
 * takes the place of one of them with the probability that is its due.
 */
final class Reservoir {
  private final long capacity;
  private final ElementFilter filter;
  private final RandomGenerator random;
  private final List<Element> sample = new ArrayList<>();
  private long seen;

  /** An empty one that grows up to {@code capacity}. */
  Reservoir(long capacity, ElementFilter filter, RandomGenerator random) {
    this.capacity = capacity;
    this.filter = filter;
    this.random = random;
  }

  /** Takes notice of one element; always wants to see more. */
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

  /** What it holds now. */
  List<Element> sample() {
    return sample;
  }
}
