package pika.storage.element;

import pika.storage.bytes.Slice;

/** Tells which elements count, by their values. */
@FunctionalInterface
public interface ElementFilter {
  /** Every element counts. */
  ElementFilter ALL = value -> true;

  /** Whether an element with this value counts. */
  boolean accepts(Slice value);
}
