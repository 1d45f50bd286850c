package pika.storage.keys;

/** What is to happen when something is under the name that a value is to get. */
public enum Target {
  /** It stays, and nothing is done. */
  MUST_BE_FREE,
  /** The value takes its place. */
  MAY_BE_TAKEN
}
