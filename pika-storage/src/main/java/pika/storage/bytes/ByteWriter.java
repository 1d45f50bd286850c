package pika.storage.bytes;

import java.util.Arrays;

/**
 * A growable byte buffer. Integers are big-endian; a varint has seven bits per byte, least
 * significant group first, the top bit set if more bytes follow (as in RocksDB and protobuf).
 * Confined to one thread.
 */
public final class ByteWriter {
  private static final int MAX_VARLONG_BYTES = 10;

  private byte[] bytes;
  private int size;

  /** Creates a writer with room for {@code capacity} bytes. */
  public ByteWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Returns how many bytes {@link #putVarint} writes for a number. */
  public static int varintBytes(int value) {
    if (value < 0) {
      return 5;
    }
    if (value < 1 << 7) {
      return 1;
    }
    if (value < 1 << 14) {
      return 2;
    }
    if (value < 1 << 21) {
      return 3;
    }
    return value < 1 << 28 ? 4 : 5;
  }

  /** Returns how many bytes {@link #putVarlong} writes for a number. */
  public static int varlongBytes(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  /** Returns how many bytes have been written. */
  public int size() {
    return size;
  }

  /** Discards everything written; keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** Appends the low eight bits of {@code value}. */
  public ByteWriter putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Appends four bytes, big-endian. */
  public ByteWriter putInt(int value) {
    reserve(Integer.BYTES);
    BigEndian.putInt(bytes, size, value);
    size += Integer.BYTES;
    return this;
  }

  /** Appends eight bytes, big-endian. */
  public ByteWriter putLong(long value) {
    reserve(Long.BYTES);
    BigEndian.putLong(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  /** Appends a 32-bit varint. */
  public ByteWriter putVarint(int value) {
    reserve(varintBytes(value));
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Appends a 64-bit varint. */
  public ByteWriter putVarlong(long value) {
    reserve(MAX_VARLONG_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Appends all of {@code source}. */
  public ByteWriter putBytes(byte[] source) {
    return putBytes(source, 0, source.length);
  }

  /** Appends {@code length} bytes of {@code source}. */
  public ByteWriter putBytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  /**
   * Overwrites four bytes written earlier, little-endian: for counts that are known only at the
   * end.
   */
  public void patchIntLittleEndian(int offset, int value) {
    BigEndian.putInt(bytes, offset, Integer.reverseBytes(value));
  }

  /** Ensures room for {@code more} bytes without reallocation, allocating no more than that. */
  public ByteWriter makeRoom(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, needed);
    }
    return this;
  }

  /** Returns what was written, without copying; the writer must not be used afterwards. */
  public Slice toSlice() {
    return new Slice(bytes, 0, size);
  }

  /**
   * Returns what was written, without copying if it fills the buffer exactly; the writer must not
   * be used afterwards.
   */
  public byte[] finish() {
    return size == bytes.length ? bytes : toByteArray();
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, grown(bytes.length)));
    }
  }

  private static int grown(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8, length * 2L + 16);
  }
}
