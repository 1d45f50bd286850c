package pika.storage.list;

/** Where an element goes as seen from another one. */
public enum Side {
  /** Nearer to the head. */
  BEFORE,
  /** Nearer to the tail. */
  AFTER
}
