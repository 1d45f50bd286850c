package pika.storage.bitmap;

/** The unit of positions in BITCOUNT and BITPOS. */
public enum BitUnit {
  /** Bytes, eight bits each. */
  BYTE(Byte.SIZE),
  /** Single bits. */
  BIT(1);

  private final int bits;

  BitUnit(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }

  /** Returns the number of units in {@code bytes} bytes. */
  public long lengthOf(long bytes) {
    return this == BYTE ? bytes : bytes * Byte.SIZE;
  }
}
