package pika.storage.keys;

/** How giving a value another name went. */
public enum Outcome {
  /** It was done. */
  DONE,
  /** There is no such value. */
  NO_SUCH_KEY,
  /** The other name is taken. */
  TARGET_TAKEN
}
