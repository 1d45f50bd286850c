package pika.storage.rdb;

/**
 * Redis' encoding of short hashes before 2.6.
 *
 * <pre>
 * zipmap := count:u8 (length key length free:u8 value unused*free)* 0xff
 * length := u8 below 0xfe | 0xfe u32                          little-endian
 * </pre>
 */
final class Zipmap implements ElementReader {
  private static final int END = 0xff;
  private static final int LONG_LENGTH = 0xfe;

  private final RdbInput in;
  private boolean atValue;

  Zipmap(byte[] bytes) {
    in = new RdbInput(bytes);
    in.takeByte();
  }

  @Override
  public boolean hasNext() {
    return atValue || in.peekByte() != END;
  }

  @Override
  public byte[] next() {
    long length = in.takeByte();
    if (length == LONG_LENGTH) {
      length = in.takeUnsignedInt();
    } else if (length == END) {
      throw new RdbException("zipmap that ends early");
    }
    int free = atValue ? in.takeByte() : 0;
    byte[] element = in.takeBytes(length);
    in.skip(free);
    atValue = !atValue;
    return element;
  }
}
