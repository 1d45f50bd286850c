package pika.storage.element;

import pika.storage.bytes.BigEndian;
import pika.storage.bytes.Hash64;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;

/**
 * The rows of elements, in the order of their names' hashes: a pseudo-random order in which an
 * element's position never depends on the others, which makes paging and fair sampling possible.
 *
 * <pre>
 * row := 0x00 hash:u48 name -> value            hash is the upper 48 bits of Hash64(name)
 * </pre>
 *
 * <p>Other first bytes are free for what a data type stores besides its elements.
 */
final class HashRows {
  /** One more than the greatest position. */
  static final long POSITIONS = 1L << 48;

  private static final byte SPACE = 0x00;
  private static final int HEAD_BYTES = 7;

  private HashRows() {}

  static byte[] row(byte[] name) {
    byte[] row = new byte[HEAD_BYTES + name.length];
    putHead(row, Hash64.of(name) >>> 16);
    System.arraycopy(name, 0, row, HEAD_BYTES, name.length);
    return row;
  }

  /** Returns the range of rows with positions from {@code from} to {@code to}, exclusive. */
  static KeyRange range(long from, long to) {
    return new KeyRange(head(from), to == POSITIONS ? new byte[] {SPACE + 1} : head(to));
  }

  /** Returns the range of all elements' rows. */
  static KeyRange all() {
    return range(0, POSITIONS);
  }

  /**
   * Returns the element's name, given a row key in which the row's name starts at {@code offset}.
   */
  static Slice name(byte[] rowKey, int offset) {
    int from = offset + HEAD_BYTES;
    return new Slice(rowKey, from, rowKey.length - from);
  }

  /** Returns the element's name, given its row's name. */
  static Slice name(Slice row) {
    return new Slice(row.array(), row.offset() + HEAD_BYTES, row.length() - HEAD_BYTES);
  }

  /**
   * Returns the element's position, given a row key in which the row's name starts at
   * {@code offset}.
   */
  static long position(byte[] rowKey, int offset) {
    // Two overlapping 32-bit reads: the first starts with the zero of the space byte.
    long high = BigEndian.takeInt(rowKey, offset) & 0xffff_ffffL;
    long low = BigEndian.takeInt(rowKey, offset + HEAD_BYTES - Integer.BYTES) & 0xff_ffffL;
    return high << 24 | low;
  }

  /** Returns the common prefix of all rows at a position. */
  static byte[] head(long position) {
    byte[] head = new byte[HEAD_BYTES];
    putHead(head, position);
    return head;
  }

  private static void putHead(byte[] row, long position) {
    row[0] = SPACE;
    BigEndian.putInt(row, 1, (int) (position >>> 16));
    row[5] = (byte) (position >>> 8);
    row[6] = (byte) position;
  }
}
