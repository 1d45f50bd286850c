package pika.storage.rocks;

import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.KeyRange;

/**
 * An ordered list of changes that RocksDB applies atomically. The bytes are put together here, in RocksDB's own batch
 * representation, and cross into native code once; one native call for each change would cost more than the change.
 *
 * <pre>
 * batch   := sequence:fixed64 count:fixed32 change*          (little-endian, sequence 0)
 * change  := DELETE       column key
 *          | PUT          column key value
 *          | MERGE        column key value
 *          | DELETE_RANGE column from to
 * DELETE  := 4, PUT := 5, MERGE := 6, DELETE_RANGE := 14, column := id:varint32
 * DELETE  := 0, PUT := 1, MERGE := 2, DELETE_RANGE := 15, column := nothing, for the default column
 * key, value, from, to := length:varint32 byte*
 * </pre>
 *
 * <p>The tags are those of RocksDB's {@code db/dbformat.h}; they are also what its write-ahead log holds, so they can't
 * change under us. Confined to one thread; reusable after {@link #clear()}.
 */
public final class Batch {
  private static final int HEADER_BYTES = 12;
  private static final int COUNT_OFFSET = 8;
  private static final Tag DELETE = new Tag(0, 4);
  private static final Tag PUT = new Tag(1, 5);
  private static final Tag MERGE = new Tag(2, 6);
  private static final Tag DELETE_RANGE = new Tag(15, 14);
  /** A batch that grew beyond this gives its memory back when it is cleared. */
  private static final int KEPT_BYTES = 1 << 20;

  private final int[] columnIds;
  private ByteWriter bytes = new ByteWriter(1024);
  private int count;

  private record Tag(int inDefaultColumn, int inOthers) {}

  Batch(int[] columnIds) {
    this.columnIds = columnIds;
    clear();
  }

  /** Sets {@code key} to {@code value}. */
  public void put(Column column, byte[] key, byte[] value) {
    put(column, key, value, 0, value.length);
  }

  /** Sets {@code key} to a part of {@code value}. */
  public void put(Column column, byte[] key, byte[] value, int offset, int length) {
    begin(PUT, column, key);
    bytes.putVarint(length).putBytes(value, offset, length);
  }

  /** Removes {@code key}. */
  public void delete(Column column, byte[] key) {
    begin(DELETE, column, key);
  }

  /** Adds {@code delta} to the counter under {@code key} (the column must have the adding merge operator). */
  public void add(Column column, byte[] key, long delta) {
    begin(MERGE, column, key);
    bytes.putVarint(Long.BYTES).putLong(Long.reverseBytes(delta));
  }

  /** Removes every key of a range that has an end. */
  public void deleteRange(Column column, KeyRange range) {
    byte[] to = range.to();
    if (to == null) {
      throw new IllegalArgumentException("range without an end");
    }
    begin(DELETE_RANGE, column, range.from());
    bytes.putVarint(to.length).putBytes(to);
  }

  /** How many changes it holds. */
  public int count() {
    return count;
  }

  /** The size of its representation. */
  public int sizeBytes() {
    return bytes.size();
  }

  /** Empties the batch for the next use. */
  public void clear() {
    if (bytes.size() > KEPT_BYTES) {
      bytes = new ByteWriter(1024);
    }
    bytes.clear();
    count = 0;
    bytes.putLong(0).putInt(0);
  }

  byte[] representation() {
    bytes.patchIntLittleEndian(COUNT_OFFSET, count);
    return bytes.toByteArray();
  }

  boolean isEmpty() {
    return bytes.size() == HEADER_BYTES;
  }

  private void begin(Tag tag, Column column, byte[] key) {
    count++;
    int id = columnIds[column.index()];
    if (id == 0) {
      bytes.putByte(tag.inDefaultColumn);
    } else {
      bytes.putByte(tag.inOthers).putVarint(id);
    }
    bytes.putVarint(key.length).putBytes(key);
  }
}
