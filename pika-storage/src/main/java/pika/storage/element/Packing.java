package pika.storage.element;

/** How elements are packed: whether they have values, and in which order they stand. */
public enum Packing {
  /** Mere names, in the order in which they came. */
  NAMES,
  /** Mere names, all of them integers in their one canonical spelling, the smallest first. */
  INTEGERS,
  /** Names with values, in the order in which the names came. */
  PAIRS;

  boolean hasValues() {
    return this == PAIRS;
  }
}
