package pika.storage.rdb;

import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;

/** Writes a {@link Listpack}. Strings stay strings even if they look like integers. */
final class ListpackWriter {
  private static final int HEADER_BYTES = 6;
  private static final int UNKNOWN_COUNT = 0xffff;
  private static final int END = 0xff;

  private static final int MAX_INT_7 = 127;
  private static final int MAX_INT_13 = (1 << 12) - 1;
  private static final int INT_13 = 0xc0;
  private static final int INT_64 = 0xf4;
  private static final int STRING_6 = 0x80;
  private static final int STRING_12 = 0xe0;
  private static final int STRING_32 = 0xf0;
  private static final int MAX_STRING_6 = 63;
  private static final int MAX_STRING_12 = 4095;

  private final ByteWriter out = new ByteWriter(512);
  private int count;

  int sizeBytes() {
    return out.size();
  }

  void putLong(long value) {
    int start = out.size();
    if (value >= 0 && value <= MAX_INT_7) {
      out.putByte((int) value);
    } else if (value >= -MAX_INT_13 - 1 && value <= MAX_INT_13) {
      out.putByte(INT_13 | (((int) value >> Byte.SIZE) & 0x1f)).putByte((int) value);
    } else {
      out.putByte(INT_64).putLong(Long.reverseBytes(value));
    }
    end(start);
  }

  void putString(Slice bytes) {
    int start = out.size();
    int length = bytes.length();
    if (length <= MAX_STRING_6) {
      out.putByte(STRING_6 | length);
    } else if (length <= MAX_STRING_12) {
      out.putByte(STRING_12 | (length >> Byte.SIZE)).putByte(length);
    } else {
      out.putByte(STRING_32).putInt(Integer.reverseBytes(length));
    }
    out.putBytes(bytes.array(), bytes.offset(), length);
    end(start);
  }

  /**
   * Ends an entry with its length, readable backwards: the top bit is set if more bytes precede.
   */
  private void end(int start) {
    int length = out.size() - start;
    int bytes = Listpack.backlenBytes(length);
    for (int i = bytes - 1; i >= 0; i--) {
      int sevenBits = (length >>> (7 * i)) & 0x7f;
      out.putByte(i == bytes - 1 ? sevenBits : sevenBits | 0x80);
    }
    count++;
  }

  byte[] toByteArray() {
    int size = HEADER_BYTES + out.size() + 1;
    int told = Math.min(count, UNKNOWN_COUNT);
    return new ByteWriter(size)
        .putInt(Integer.reverseBytes(size))
        .putByte(told)
        .putByte(told >> Byte.SIZE)
        .putBytes(out.toByteArray())
        .putByte(END)
        .toByteArray();
  }
}
