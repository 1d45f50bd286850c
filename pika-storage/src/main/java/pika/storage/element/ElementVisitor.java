package pika.storage.element;

import pika.storage.bytes.Slice;

/** Is shown elements one by one. */
@FunctionalInterface
public interface ElementVisitor {
  /** Takes notice of an element; false when it has seen enough. */
  boolean visit(Slice name, Slice value);
}
