package pika.storage.list;

/** The two ends of a list. */
public enum End {
  /** Where the element of index 0 is. */
  HEAD,
  /** Where the last element is. */
  TAIL
}
