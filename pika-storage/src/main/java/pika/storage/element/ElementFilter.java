package pika.storage.element;

import pika.storage.bytes.Slice;

/** Selects elements by value. */
@FunctionalInterface
public interface ElementFilter {
  /** Accepts every element. */
  ElementFilter ALL = value -> true;

  /** Returns whether an element with this value is accepted. */
  boolean accepts(Slice value);
}
