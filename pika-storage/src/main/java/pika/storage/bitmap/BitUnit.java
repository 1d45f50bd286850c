package pika.storage.bitmap;

/** What positions count in BITCOUNT and BITPOS. */
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

  /** How many units {@code bytes} bytes are. */
  public long lengthOf(long bytes) {
    return this == BYTE ? bytes : bytes * Byte.SIZE;
  }
}
