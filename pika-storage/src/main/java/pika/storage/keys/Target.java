package pika.storage.keys;

/** What to do when the target key exists. */
public enum Target {
  /** Keep it and do nothing. */
  MUST_BE_FREE,
  /** Replace it. */
  MAY_BE_TAKEN
}
