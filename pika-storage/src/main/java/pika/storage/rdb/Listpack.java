package pika.storage.rdb;

/**
 * Redis' packed encoding of short sequences since 7.0.
 *
 * <pre>
 * listpack := bytes:u32 count:u16 entry* 0xff                little-endian; count is 0xffff if unknown
 * entry    := data backlen                                   backlen repeats data's length, in 1 to 5 bytes of 7 bits
 * data     := 0nnnnnnn                      integer
 *           | 10nnnnnn byte*                string
 *           | 110nnnnn n:u8                 integer, signed 13 bits
 *           | 1110nnnn n:u8 byte*           string
 *           | 0xf0 n:u32 byte*              string
 *           | 0xf1 i16 | 0xf2 i24 | 0xf3 i32 | 0xf4 i64
 * </pre>
 */
final class Listpack implements ElementReader {
  private static final int HEADER_BYTES = 6;
  private static final int UNKNOWN_COUNT = 0xffff;
  private static final int END = 0xff;
  private static final int STRING_32 = 0xf0;
  private static final int INT_16 = 0xf1;
  private static final int INT_24 = 0xf2;
  private static final int INT_32 = 0xf3;
  private static final int INT_64 = 0xf4;

  private final RdbInput in;
  private final int count;
  private int taken;

  Listpack(byte[] bytes) {
    if (bytes.length <= HEADER_BYTES) {
      throw new RdbException("listpack cut short");
    }
    in = new RdbInput(bytes);
    long size = in.takeUnsignedInt();
    count = in.takeUnsignedShort();
    if (size != bytes.length || (bytes[bytes.length - 1] & 0xff) != END) {
      throw new RdbException("listpack of another length than it says");
    }
  }

  @Override
  public boolean hasNext() {
    if (in.peekByte() != END) {
      return true;
    }
    if (in.remaining() != 1 || (count != UNKNOWN_COUNT && count != taken)) {
      throw new RdbException("listpack with another number of entries than it says");
    }
    return false;
  }

  @Override
  public byte[] next() {
    int before = in.remaining();
    int first = in.takeByte();
    byte[] element = switch (first) {
      case STRING_32 -> in.takeBytes(in.takeUnsignedInt());
      case INT_16 -> DecimalText.of(in.takeShort());
      case INT_24 -> DecimalText.of(in.takeInt24());
      case INT_32 -> DecimalText.of(in.takeInt());
      case INT_64 -> DecimalText.of(in.takeLong());
      default -> small(first);
    };
    in.skip(backlenBytes(before - in.remaining()));
    taken++;
    return element;
  }

  /** Returns the next element, which must be an integer. */
  long nextLong() {
    return RdbInput.parseLong(next());
  }

  private byte[] small(int first) {
    if (first < 0x80) {
      return DecimalText.of(first);
    }
    if (first < 0xc0) {
      return in.takeBytes(first & 0x3f);
    }
    if (first < 0xe0) {
      int thirteenBits = (first & 0x1f) << Byte.SIZE | in.takeByte();
      return DecimalText.of(thirteenBits << 19 >> 19);
    }
    if (first < STRING_32) {
      return in.takeBytes((first & 0x0f) << Byte.SIZE | in.takeByte());
    }
    throw new RdbException("listpack entry of an unknown form");
  }

  /**
   * Returns the size of an entry's backlen; Redis moves the maximum of each width to the next one.
   */
  static int backlenBytes(int length) {
    if (length < 1 << 7) {
      return 1;
    }
    int bytes = 2;
    while (length >= (1L << (7 * bytes)) - 1) {
      bytes++;
    }
    return bytes;
  }
}
