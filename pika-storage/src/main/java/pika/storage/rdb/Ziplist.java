package pika.storage.rdb;

/**
 * Redis' packed encoding of short sequences before 7.0.
 *
 * <pre>
 * ziplist := bytes:u32 tail:u32 count:u16 entry* 0xff        little-endian except for the strings' lengths
 * entry   := previous data                                   previous: length of the entry before, u8 or 0xfe u32
 * data    := 00nnnnnn byte* | 01nnnnnn n:u8 byte* | 0x80 n:u32 byte*
 *          | 0xc0 i16 | 0xd0 i32 | 0xe0 i64 | 0xf0 i24 | 0xfe i8
 *          | 1111nnnn                                        the integer n-1, n from 1 to 13
 * </pre>
 */
final class Ziplist implements ElementReader {
  private static final int HEADER_BYTES = 10;
  private static final int END = 0xff;
  private static final int LONG_PREVIOUS = 0xfe;
  private static final int INT_16 = 0xc0;
  private static final int INT_32 = 0xd0;
  private static final int INT_64 = 0xe0;
  private static final int INT_24 = 0xf0;
  private static final int INT_8 = 0xfe;
  private static final int STRING_32 = 0x80;

  private final RdbInput in;

  Ziplist(byte[] bytes) {
    if (bytes.length <= HEADER_BYTES) {
      throw new RdbException("ziplist cut short");
    }
    in = new RdbInput(bytes);
    long size = in.takeUnsignedInt();
    if (size != bytes.length || (bytes[bytes.length - 1] & 0xff) != END) {
      throw new RdbException("ziplist of another length than it says");
    }
    in.skip(Integer.BYTES + Short.BYTES);
  }

  @Override
  public boolean hasNext() {
    if (in.peekByte() != END) {
      return true;
    }
    if (in.remaining() != 1) {
      throw new RdbException("ziplist that ends early");
    }
    return false;
  }

  @Override
  public byte[] next() {
    if (in.takeByte() == LONG_PREVIOUS) {
      in.skip(Integer.BYTES);
    }
    int first = in.takeByte();
    return switch (first) {
      case STRING_32 -> in.takeBytes(Integer.toUnsignedLong(Integer.reverseBytes(in.takeInt())));
      case INT_8 -> DecimalText.of((byte) in.takeByte());
      case INT_16 -> DecimalText.of(in.takeShort());
      case INT_24 -> DecimalText.of(in.takeInt24());
      case INT_32 -> DecimalText.of(in.takeInt());
      case INT_64 -> DecimalText.of(in.takeLong());
      default -> small(first);
    };
  }

  private byte[] small(int first) {
    if (first < 0x40) {
      return in.takeBytes(first);
    }
    if (first < STRING_32) {
      return in.takeBytes((first & 0x3f) << Byte.SIZE | in.takeByte());
    }
    if (first > INT_24 && first < INT_8) {
      return DecimalText.of((first & 0x0f) - 1);
    }
    throw new RdbException("ziplist entry of an unknown form");
  }
}
