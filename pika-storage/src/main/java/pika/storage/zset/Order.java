package pika.storage.zset;

/** The direction in which entries are visited. */
public enum Order {
  /** From the lowest score to the highest. */
  ASCENDING,
  /** From the highest score to the lowest. */
  DESCENDING
}
