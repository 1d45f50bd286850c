package pika.storage.packed;

import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

/**
 * Decodes the varints that a {@link ByteWriter} writes: seven bits per byte, the least significant
 * first; the top bit is set if more bytes follow. A number has only one encoding, the shortest, so
 * {@link ByteWriter#varintBytes} tells how many bytes were read. Everything else is damage, which
 * throws {@link StorageException}; nothing is read from {@code end} on.
 */
public final class Varint {
  private static final int GROUP_BITS = 7;
  private static final int GROUP = (1 << GROUP_BITS) - 1;

  private Varint() {}

  /** Returns the number at {@code offset}, at most {@link Integer#MAX_VALUE}. */
  public static int take(byte[] bytes, int offset, int end) {
    if (offset < end && bytes[offset] >= 0) {
      return bytes[offset];
    }
    long number = takeLong(bytes, offset, end);
    if ((int) number != number || number < 0) {
      throw damaged();
    }
    return (int) number;
  }

  /** Returns the number at {@code offset}, which counts bytes that follow it before {@code end}. */
  public static int takeLength(byte[] bytes, int offset, int end) {
    int length = take(bytes, offset, end);
    if (length > end - offset - ByteWriter.varintBytes(length)) {
      throw damaged();
    }
    return length;
  }

  /** Returns the 64-bit number at {@code offset}. */
  static long takeLong(byte[] bytes, int offset, int end) {
    long number = 0;
    int shift = 0;
    for (int at = offset; at < end && shift < Long.SIZE; at++, shift += GROUP_BITS) {
      byte group = bytes[at];
      number |= (long) (group & GROUP) << shift;
      if (group >= 0) {
        boolean isShortest = group != 0 || at == offset;
        if (isShortest && number >>> shift == group) {
          return number;
        }
        break;
      }
    }
    throw damaged();
  }

  static StorageException damaged() {
    return new StorageException("damaged value: inconsistent lengths");
  }
}
