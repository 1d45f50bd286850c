package pika.storage.bitmap;

/** What becomes of a number that doesn't fit its field. */
public enum Overflow {
  /** Its low bits count. */
  WRAP,
  /** It becomes the nearest number that fits. */
  SATURATE,
  /** Nothing is written. */
  FAIL
}
