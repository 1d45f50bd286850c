package pika.storage.keys;

/** The outcome of a rename, copy or move. */
public enum Outcome {
  /** It was done. */
  DONE,
  /** The source does not exist. */
  NO_SUCH_KEY,
  /** The target exists. */
  TARGET_TAKEN
}
