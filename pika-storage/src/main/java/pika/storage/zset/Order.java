package pika.storage.zset;

/** Which way the entries of a sorted set are walked over. */
public enum Order {
  /** From the lowest score to the highest. */
  ASCENDING,
  /** From the highest score to the lowest. */
  DESCENDING
}
