package pika.storage.bitmap;

/** How a number that doesn't fit its field is handled. */
public enum Overflow {
  /** Keep its low bits. */
  WRAP,
  /** Clamp it to the nearest number that fits. */
  SATURATE,
  /** Write nothing. */
  FAIL
}
