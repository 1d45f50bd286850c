package pika.storage.list;

/** On which side of a pivot an element is inserted. */
public enum Side {
  /** Nearer to the head. */
  BEFORE,
  /** Nearer to the tail. */
  AFTER
}
