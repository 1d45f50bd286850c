package pika.storage.rank;

import org.jspecify.annotations.Nullable;

/**
 * A hash table of objects by number, without an object for each number. Nothing can be removed.
 * Confined to one thread.
 *
 * @param <V> the type of the objects
 */
final class NumberMap<V> {
  private static final int FEWEST_SLOTS = 8;
  /** 2^64 divided by the golden ratio: spreads consecutive numbers. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** At least half of the slots are empty. */
  private long[] numbers = new long[FEWEST_SLOTS];

  private @Nullable Object[] objects = new @Nullable Object[FEWEST_SLOTS];
  private int size;

  /** Takes a number and its object. */
  interface Reader<V> {
    void take(long number, V object);
  }

  /** Returns the object with this number; null when there is none. */
  @Nullable
  V get(long number) {
    return at(slot(number));
  }

  void put(long number, V object) {
    int slot = slot(number);
    if (objects[slot] == null && ++size > numbers.length / 2) {
      grow();
      slot = slot(number);
    }
    numbers[slot] = number;
    objects[slot] = object;
  }

  /** Returns the number of objects. */
  int size() {
    return size;
  }

  /** Passes all objects on, in no particular order. */
  void forEach(Reader<V> reader) {
    for (int slot = 0; slot < numbers.length; slot++) {
      V object = at(slot);
      if (object != null) {
        reader.take(numbers[slot], object);
      }
    }
  }

  private void grow() {
    NumberMap<V> larger = new NumberMap<>();
    larger.numbers = new long[2 * numbers.length];
    larger.objects = new @Nullable Object[2 * numbers.length];
    forEach(larger::put);
    numbers = larger.numbers;
    objects = larger.objects;
  }

  /** Returns the slot of a number, or an empty one where it belongs. */
  private int slot(long number) {
    int last = numbers.length - 1;
    int slot = (int) ((number * SPREAD) >>> 32) & last;
    while (objects[slot] != null && numbers[slot] != number) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  @SuppressWarnings("unchecked")
  private @Nullable V at(int slot) {
    return (V) objects[slot];
  }
}
