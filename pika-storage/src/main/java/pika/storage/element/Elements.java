package pika.storage.element;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/**
 * A collection of elements with unique names. Names and values are any bytes; a collection without
 * values has empty ones. What is read is not copied and must not be changed; it stays valid
 * whatever is put or removed afterwards. Confined to the thread of its unit of work.
 *
 * <p>{@link PackedElements} are in memory; every operation takes time proportional to their bytes.
 * {@link RowElements} are read row by row; in a unit that must not wait, their methods throw
 * {@link pika.storage.key.WouldBlock} when the disk is needed.
 */
public interface Elements {
  /** The position at which paging starts, and which signals its end. */
  long START = 0;

  /** Returns the number of elements, in O(1). */
  long size();

  /** Returns the value of an element, null when it does not exist. */
  @Nullable
  Slice get(byte[] name);

  /** Returns whether the element exists. */
  default boolean contains(byte[] name) {
    return get(name) != null;
  }

  /**
   * Returns a membership test for the elements of another collection, to be asked in the order of
   * its {@link #forEach}. Neither collection may change while the probe is open.
   */
  default Probe probe(Elements asked) {
    return new Probe() {
      @Override
      public boolean contains(byte[] name) {
        return Elements.this.contains(name);
      }

      @Override
      public void close() {}
    };
  }

  /** Sets an element; returns its previous value, null when it is new. */
  @Nullable
  Slice put(byte[] name, byte[] value);

  /** Removes an element; returns its value, null when it did not exist. */
  @Nullable
  Slice remove(byte[] name);

  /**
   * Passes the elements to the visitor until it returns false or all are visited. The visitor must
   * not change the collection.
   */
  void forEach(ElementVisitor visitor);

  /**
   * Passes about {@code count} elements from {@code position} on to the visitor, ignoring its
   * result. Returns the next position, or {@link #START} when there are no more. An element that
   * exists throughout an iteration is visited at least once, whatever else is put and removed in
   * between.
   */
  long page(long position, long count, ElementVisitor visitor);

  /**
   * Returns a uniformly random element among those the filter accepts, null when there is none. As
   * long as the filter accepts most elements, the number of elements read does not grow with the
   * size.
   */
  @Nullable
  Element draw(ElementFilter filter, RandomGenerator random);

  /**
   * Returns a uniformly random sample, without replacement and in no particular order, of the
   * elements the filter accepts; all of them when there are no more than {@code count}. Takes
   * memory proportional to {@code count}.
   */
  List<Element> drawDistinct(long count, ElementFilter filter, RandomGenerator random);

  /**
   * Returns {@code count} elements drawn with replacement from those the filter accepts; none when
   * there are none. Takes memory proportional to {@code count}.
   */
  List<Element> drawRepeatedly(int count, ElementFilter filter, RandomGenerator random);
}
