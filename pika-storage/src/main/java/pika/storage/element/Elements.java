package pika.storage.element;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/**
 * Named elements with values, no two of one name. Names and values are any bytes; a collection of mere names has empty
 * values. What is read is handed on without copying and must not be changed; it stays as it is whatever is put or removed
 * afterwards. Confined to the thread of its unit of work.
 *
 * <p>{@link PackedElements} are held in memory and every verb takes time in proportion to their bytes. {@link RowElements}
 * are read from the disk one by one: in a unit that must not wait, their verbs throw {@link pika.storage.key.WouldBlock}.
 */
public interface Elements {
  /** Where paging starts, and what tells that it has ended. */
  long START = 0;

  /** How many elements there are. Takes no time. */
  long size();

  /** The value of an element, null when there is none of that name. */
  @Nullable
  Slice get(byte[] name);

  /** Whether there is an element of that name. */
  default boolean contains(byte[] name) {
    return get(name) != null;
  }

  /**
   * Tells whether elements are there that another collection shows in {@link #forEach}, asked for in that order. Nothing may
   * be changed meanwhile.
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

  /** Sets an element; returns the value it had before, null when it is new. */
  @Nullable
  Slice put(byte[] name, byte[] value);

  /** Removes an element; returns its value, null when there was none. */
  @Nullable
  Slice remove(byte[] name);

  /** Shows the elements to a visitor until it has seen enough or all of them. It must not change them meanwhile. */
  void forEach(ElementVisitor visitor);

  /**
   * Shows the visitor about {@code count} elements from {@code position} on, whether it wants more or not, and returns where
   * to go on, or {@link #START} when there are no more. An element that is there from the first page to the last is shown
   * on one of them, whatever else is put and removed in between.
   */
  long page(long position, long count, ElementVisitor visitor);

  /**
   * One element among those the filter accepts, each as likely as any other; null when there is none. Reads a number of
   * elements that doesn't grow with the size as long as the filter accepts most.
   */
  @Nullable
  Element draw(ElementFilter filter, RandomGenerator random);

  /**
   * Several different elements among those the filter accepts, each as likely as any other, in no particular order; all
   * of them when there are no more than {@code count}. Takes memory in proportion to {@code count}.
   */
  List<Element> drawDistinct(long count, ElementFilter filter, RandomGenerator random);

  /**
   * {@code count} elements drawn one after the other, each from all that the filter accepts; none when there are none.
   * Takes memory in proportion to {@code count}.
   */
  List<Element> drawRepeatedly(int count, ElementFilter filter, RandomGenerator random);
}
