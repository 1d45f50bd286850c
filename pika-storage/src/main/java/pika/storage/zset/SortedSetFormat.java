package pika.storage.zset;

import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

/**
 * How sorted sets are written.
 *
 * <pre>
 * payload of PACKED_* := count:u32 entry*        in the order of score and member
 * entry               := score:f64 length:varint member
 * </pre>
 *
 * All integers are big-endian; {@code f64} is a double's IEEE 754 bits.
 */
final class SortedSetFormat {
  /** What a packed set begins with. */
  static final int PACKED_HEAD_BYTES = Integer.BYTES;

  private static final int SCORE_BYTES = Double.BYTES;
  private static final int MAX_VARINT_BYTES = 5;

  private SortedSetFormat() {}

  static int packedCount(byte[] payload, int offset) {
    return BigEndian.takeInt(payload, offset);
  }

  static void putPackedCount(byte[] payload, int count) {
    BigEndian.putInt(payload, 0, count);
  }

  /** About how much longer, at most one byte more than true, an entry makes a packed set. */
  static int packedEntryBytes(byte[] member) {
    return SCORE_BYTES + 1 + (member.length < 1 << 7 ? 0 : MAX_VARINT_BYTES - 1) + member.length;
  }

  static void putPackedEntry(ByteWriter writer, double score, byte[] member) {
    writer.putLong(Double.doubleToRawLongBits(score)).putVarint(member.length).putBytes(member);
  }

  static double packedScore(byte[] bytes, int entry) {
    return Double.longBitsToDouble(BigEndian.takeLong(bytes, entry));
  }

  /** Where the length of an entry's member stands. */
  static int lengthOffset(int entry) {
    return entry + SCORE_BYTES;
  }

  /** A damaged packed set. */
  static StorageException damaged() {
    return new StorageException("damaged sorted set");
  }
}
