package pika.storage.element;

/** How elements are packed: with or without values, and in which order. */
public enum Packing {
  /** Names only, in insertion order. */
  NAMES,
  /** Names only, all of them integers in canonical decimal form, in ascending order. */
  INTEGERS,
  /** Names with values, in the order in which the names were inserted. */
  PAIRS;

  boolean hasValues() {
    return this == PAIRS;
  }
}
