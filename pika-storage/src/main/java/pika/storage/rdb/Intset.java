package pika.storage.rdb;

/**
 * Redis' encoding of small sets of integers.
 *
 * <pre>
 * intset := width:u32 count:u32 integer*        little-endian, ascending; width is 2, 4 or 8 bytes
 * </pre>
 */
final class Intset implements ElementReader {
  private final RdbInput in;
  private final int width;
  private long left;

  Intset(byte[] bytes) {
    in = new RdbInput(bytes);
    width = in.takeInt();
    left = in.takeUnsignedInt();
    boolean known = width == Short.BYTES || width == Integer.BYTES || width == Long.BYTES;
    if (!known || left * width != in.remaining()) {
      throw new RdbException("intset of another length than it says");
    }
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public byte[] next() {
    left--;
    return DecimalText.of(
        switch (width) {
          case Short.BYTES -> in.takeShort();
          case Integer.BYTES -> in.takeInt();
          default -> in.takeLong();
        });
  }
}
