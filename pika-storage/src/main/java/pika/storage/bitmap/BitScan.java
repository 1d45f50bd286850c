package pika.storage.bitmap;

import pika.storage.bytes.BigEndian;

/**
 * Counts and finds bits in arrays, a word at a time. Bit 0 is the most significant one of byte 0.
 */
final class BitScan {
  private static final int BYTE_MASK = 0xff;

  private BitScan() {}

  /** Returns how many bits are set in {@code length} bytes. */
  static long count(byte[] bytes, int offset, int length) {
    int words = length & -Long.BYTES;
    long count = 0;
    for (int i = 0; i < words; i += Long.BYTES) {
      count += Long.bitCount(BigEndian.takeLong(bytes, offset + i));
    }
    for (int i = words; i < length; i++) {
      count += Integer.bitCount(bytes[offset + i] & BYTE_MASK);
    }
    return count;
  }

  /** Returns the index of the first bit with the value {@code bit}, -1 when there is none. */
  static long find(byte[] bytes, int offset, int length, int bit) {
    // Inverting the bits when searching for a zero reduces it to searching for a one.
    long turn = bit == 1 ? 0 : -1;
    int words = length & -Long.BYTES;
    for (int i = 0; i < words; i += Long.BYTES) {
      long word = BigEndian.takeLong(bytes, offset + i) ^ turn;
      if (word != 0) {
        return (long) i * Byte.SIZE + Long.numberOfLeadingZeros(word);
      }
    }
    for (int i = words; i < length; i++) {
      int rest = (bytes[offset + i] ^ (int) turn) & BYTE_MASK;
      if (rest != 0) {
        return (long) i * Byte.SIZE
            + Integer.numberOfLeadingZeros(rest)
            - (Integer.SIZE - Byte.SIZE);
      }
    }
    return -1;
  }
}
