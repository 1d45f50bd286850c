package pika.storage.element;

import pika.storage.bytes.Slice;

/** Receives elements one by one. */
@FunctionalInterface
public interface ElementVisitor {
  /** Receives an element; returns false to stop. */
  boolean visit(Slice name, Slice value);
}
