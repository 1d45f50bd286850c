package pika.storage.zset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.key.Rows;
import pika.storage.rocks.StorageException;

/**
 * The encoding of sorted sets.
 *
 * <pre>
 * payload of PACKED_* := count:u32 entry*        in the order of score and member
 * entry               := score:f64 length:varint member
 *
 * payload of ROWS_*   := directory               over the rows by score; their number is the set's size
 * rows of ROWS_*      := 0x00 hash:u48 member -> score:f64
 *                      | 0x01 order:u64 member -> sign
 *                      | 0x02 id:u64 -> node of the directory
 * sign                := nothing, but 0x01 for a score of minus zero
 * </pre>
 *
 * <p>All integers are big-endian; {@code f64} is a double's IEEE 754 bits. {@code order} is derived
 * from them so that byte order is score order: the sign bit is inverted, in negative numbers all
 * other bits too. Both zeros are encoded as zero. What follows {@code 0x01} in a row's name is also
 * its key in the directory.
 */
final class SortedSetFormat {
  /** Size of a packed set's header. */
  static final int PACKED_HEAD_BYTES = Integer.BYTES;

  /** The first byte of the directory's rows. */
  static final int NODES = 0x02;

  private static final byte BY_SCORE = 0x01;
  /** The space of memos: no row has such a name. */
  private static final byte MEMOS = 0x03;

  private static final int SCORE_BYTES = Double.BYTES;
  private static final int MAX_VARINT_BYTES = 5;
  private static final byte[] MINUS = {0x01};
  private static final byte[] FIRST_KEY = {};

  private SortedSetFormat() {}

  // ---- packed

  static int packedCount(byte[] payload, int offset) {
    return BigEndian.takeInt(payload, offset);
  }

  static void putPackedCount(byte[] payload, int count) {
    BigEndian.putInt(payload, 0, count);
  }

  /** Returns an upper bound of the size of a packed entry, at most three bytes too large. */
  static int packedEntryBytes(int memberLength) {
    return SCORE_BYTES + (memberLength < 1 << 7 ? 1 : MAX_VARINT_BYTES) + memberLength;
  }

  static void putPackedEntry(
      ByteWriter writer, double score, byte[] array, int offset, int length) {
    writer.putLong(Double.doubleToRawLongBits(score)).putVarint(length);
    writer.putBytes(array, offset, length);
  }

  static double packedScore(byte[] bytes, int entry) {
    return takeScore(bytes, entry);
  }

  static void putPackedScore(byte[] bytes, int entry, double score) {
    BigEndian.putLong(bytes, entry, Double.doubleToRawLongBits(score));
  }

  /** Returns the offset of an entry's member length. */
  static int lengthOffset(int entry) {
    return entry + SCORE_BYTES;
  }

  static StorageException damaged() {
    return new StorageException("damaged sorted set");
  }

  // ---- rows

  /** Returns the value of a member's row. */
  static byte[] score(double score) {
    byte[] bytes = new byte[SCORE_BYTES];
    BigEndian.putLong(bytes, 0, Double.doubleToRawLongBits(score));
    return bytes;
  }

  static double takeScore(byte[] bytes, int offset) {
    return Double.longBitsToDouble(BigEndian.takeLong(bytes, offset));
  }

  /** Returns an entry's key among the rows by score. */
  static byte[] key(double score, byte[] member) {
    byte[] key = new byte[SCORE_BYTES + member.length];
    BigEndian.putLong(key, 0, order(score));
    System.arraycopy(member, 0, key, SCORE_BYTES, member.length);
    return key;
  }

  /** Returns the smallest key that an entry after a cut could have. */
  static byte[] key(Cut cut) {
    if (cut.member() != null) {
      return key(cut.score(), cut.member());
    }
    byte[] key = new byte[SCORE_BYTES];
    // Cannot overflow: not even infinity maps to the greatest number.
    BigEndian.putLong(key, 0, order(cut.score()) + 1);
    return key;
  }

  static byte[] scoreRow(byte[] key) {
    byte[] row = new byte[1 + key.length];
    row[0] = BY_SCORE;
    System.arraycopy(key, 0, row, 1, key.length);
    return row;
  }

  static byte[] scoreRowValue(double score) {
    return isMinusZero(score) ? MINUS : Rows.ONLY_WALKED;
  }

  /** Returns the range of score rows between two keys; unbounded when {@code to} is null. */
  static KeyRange scoreRows(byte[] from, byte @Nullable [] to) {
    return new KeyRange(scoreRow(from), to == null ? new byte[] {BY_SCORE + 1} : scoreRow(to));
  }

  /** Returns the name of the memo of a run's keys, see {@link RunKeys}. */
  static byte[] memo(long run) {
    byte[] name = new byte[1 + Long.BYTES];
    name[0] = MEMOS;
    BigEndian.putLong(name, 1, run);
    return name;
  }

  /** Returns the key before all others. */
  static byte[] firstKey() {
    return FIRST_KEY;
  }

  /** Returns the score, given a row key in which the row's name starts at {@code offset}. */
  static double score(byte[] rowKey, int offset, int valueLength) {
    long order = BigEndian.takeLong(rowKey, offset + 1);
    long bits = order ^ (~order >> (Long.SIZE - 1) | Long.MIN_VALUE);
    return valueLength == 0 ? Double.longBitsToDouble(bits) : -0.0;
  }

  /**
   * Returns the key among the rows by score, given a row key in which the row's name starts at
   * {@code offset}.
   */
  static byte[] sortKey(byte[] rowKey, int offset) {
    return Arrays.copyOfRange(rowKey, offset + 1, rowKey.length);
  }

  /** Returns the member, given a row key in which the row's name starts at {@code offset}. */
  static Slice member(byte[] rowKey, int offset) {
    int from = offset + 1 + SCORE_BYTES;
    return new Slice(rowKey, from, rowKey.length - from);
  }

  /** Returns the member, given a row's name. */
  static Slice member(Slice row) {
    int before = 1 + SCORE_BYTES;
    return new Slice(row.array(), row.offset() + before, row.length() - before);
  }

  static boolean isMinusZero(double score) {
    return score == 0 && Double.doubleToRawLongBits(score) != 0;
  }

  private static long order(double score) {
    // Adding zero turns minus zero into zero and changes nothing else.
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
  }
}
