package pika.storage.list;

/** The two ends of a list. */
public enum End {
  /** The end with index 0. */
  HEAD,
  /** The end with the last element. */
  TAIL
}
