package pika.storage.rdb;

import pika.storage.string.StringLimits;

/**
 * Decompresses LZF, with which Redis compresses long strings.
 *
 * <pre>
 * packed  := (literal | copy)*
 * literal := 000nnnnn byte*(n+1)
 * copy    := nnnooooo o:u8          n from 1 to 6: n+2 bytes from 1+ooooo:o back
 *          | 111ooooo n:u8 o:u8     n+9 bytes
 * </pre>
 */
final class Lzf {
  /** The longest copy is of 264 bytes and takes three. */
  private static final int MAX_RATIO = 88;

  private static final int LITERAL_LIMIT = 1 << 5;
  private static final int LONG_COPY = 7;

  private final byte[] in;
  private final int end;
  private final byte[] out;
  private int at;
  private int filled;

  private Lzf(byte[] in, int offset, int length, byte[] out) {
    this.in = in;
    this.at = offset;
    this.end = offset + length;
    this.out = out;
  }

  /** Decompresses {@code length} bytes to exactly {@code unpackedLength}. */
  static byte[] unpack(byte[] packed, int offset, int length, long unpackedLength) {
    long most = Math.min((long) length * MAX_RATIO, StringLimits.MOST_BYTES);
    if (unpackedLength < 0 || unpackedLength > most) {
      throw new RdbException("impossible length of a packed string");
    }
    byte[] out = new byte[(int) unpackedLength];
    new Lzf(packed, offset, length, out).run();
    return out;
  }

  private void run() {
    while (at < end) {
      int control = take();
      if (control < LITERAL_LIMIT) {
        literal(control + 1);
      } else {
        copy(control);
      }
    }
    if (filled != out.length) {
      throw corrupt();
    }
  }

  private void literal(int length) {
    if (length > end - at || length > out.length - filled) {
      throw corrupt();
    }
    System.arraycopy(in, at, out, filled, length);
    at += length;
    filled += length;
  }

  private void copy(int control) {
    int length = control >>> 5;
    if (length == LONG_COPY) {
      length += take();
    }
    length += 2;
    int from = filled - ((control & 0x1f) << Byte.SIZE) - take() - 1;
    if (from < 0 || length > out.length - filled) {
      throw corrupt();
    }
    // Byte by byte, because source and target may overlap.
    for (int i = 0; i < length; i++) {
      out[filled++] = out[from + i];
    }
  }

  private int take() {
    if (at == end) {
      throw corrupt();
    }
    return in[at++] & 0xff;
  }

  private static RdbException corrupt() {
    return new RdbException("packed string");
  }
}
