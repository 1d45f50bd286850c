package pika.storage.rdb;

import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.key.DataException;

/**
 * Writes the components of values; for their layouts see {@link RdbInput}. Confined to one thread.
 */
final class RdbOutput {
  private static final int SIX_BITS = 1 << 6;
  private static final int FOURTEEN_BITS = 1 << 14;
  private static final int LENGTH_14 = 0x40;
  private static final int LENGTH_32 = 0x80;
  private static final int LENGTH_64 = 0x81;
  private static final int INT_8 = 0xc0;
  private static final int INT_16 = 0xc1;
  private static final int INT_32 = 0xc2;
  /** The longest text of a 32-bit integer. */
  private static final int MAX_INT_BYTES = 11;

  private final ByteWriter out = new ByteWriter(64);
  private final long maxBytes;

  /**
   * Creates an output; a value beyond {@code maxBytes} is rejected as a string that is too long.
   */
  RdbOutput(long maxBytes) {
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE / 2);
  }

  /**
   * Returns another output with the same bound, for a part that must follow what is only known
   * after it.
   */
  RdbOutput another() {
    return new RdbOutput(maxBytes);
  }

  RdbOutput putByte(int value) {
    out.putByte(value);
    return this;
  }

  /** Writes a length, or any 64-bit number as unsigned. */
  RdbOutput putLength(long length) {
    if (length < 0) {
      out.putByte(LENGTH_64).putLong(length);
    } else if (length < SIX_BITS) {
      out.putByte((int) length);
    } else if (length < FOURTEEN_BITS) {
      out.putByte(LENGTH_14 | (int) (length >>> Byte.SIZE)).putByte((int) length);
    } else if (length <= 0xffff_ffffL) {
      out.putByte(LENGTH_32).putInt((int) length);
    } else {
      out.putByte(LENGTH_64).putLong(length);
    }
    return this;
  }

  RdbOutput putString(byte[] bytes) {
    return putString(Slice.of(bytes));
  }

  /** Writes a string; as an integer if it is the text of one. */
  RdbOutput putString(Slice bytes) {
    if (out.size() + (long) bytes.length() > maxBytes) {
      throw new DataException(DataException.Problem.STRING_TOO_LONG);
    }
    if (bytes.length() > MAX_INT_BYTES || !putAsInteger(bytes)) {
      putLength(bytes.length());
      out.putBytes(bytes.array(), bytes.offset(), bytes.length());
    }
    return this;
  }

  private boolean putAsInteger(Slice bytes) {
    Integer value = DecimalText.parseInt(bytes);
    if (value == null) {
      return false;
    }
    if (value == value.byteValue()) {
      out.putByte(INT_8).putByte(value);
    } else if (value == value.shortValue()) {
      out.putByte(INT_16).putByte(value).putByte(value >> Byte.SIZE);
    } else {
      out.putByte(INT_32).putInt(Integer.reverseBytes(value));
    }
    return true;
  }

  RdbOutput putDouble(double value) {
    return putLong(Double.doubleToRawLongBits(value));
  }

  /** Writes eight bytes, little-endian. */
  RdbOutput putLong(long value) {
    out.putLong(Long.reverseBytes(value));
    return this;
  }

  /** Writes raw bytes. */
  RdbOutput putBytes(byte[] bytes) {
    out.putBytes(bytes);
    return this;
  }

  /** Allocates exactly {@code more} bytes; for large parts of known size. */
  RdbOutput makeRoom(int more) {
    out.makeRoom(more);
    return this;
  }

  /** Returns what was written, without copying; nothing may be written afterwards. */
  Slice toSlice() {
    return out.toSlice();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
