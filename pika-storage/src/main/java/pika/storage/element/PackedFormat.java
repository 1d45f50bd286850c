package pika.storage.element;

/**
 * The encoding of packed elements.
 *
 * <pre>
 * payload := count:varint entry*
 * entry   := length:varint name [length:varint value]        the value only with {@link Packing#PAIRS}
 * varint  := see {@link pika.storage.packed.Varint}
 * </pre>
 */
final class PackedFormat {
  /** Size of the longest varint of an int. */
  static final int MAX_VARINT_BYTES = 5;

  private PackedFormat() {}

  /** Writes a varint at {@code offset}; returns the offset after it. */
  static int putVarint(byte[] bytes, int offset, int number) {
    int at = offset;
    int rest = number;
    while ((rest & ~0x7f) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  /** Compares two integers in canonical decimal form by value, without parsing them. */
  static int compareIntegers(byte[] a, int from, int length, byte[] b) {
    boolean negative = length > 0 && a[from] == '-';
    if (negative != (b[0] == '-')) {
      return negative ? -1 : 1;
    }
    int order = Integer.compare(length, b.length);
    for (int i = 0; order == 0 && i < length; i++) {
      order = Byte.compare(a[from + i], b[i]);
    }
    return negative ? -order : order;
  }
}
