package pika.storage.rocks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
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
 * <p>What comes after the first {@link #MOST_BYTES} crosses by itself at once: a batch of a hundred megabytes is not to
 * stand on the heap as well, where it would have to grow and be copied in one piece.
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

  private static final int MOST_BYTES = 8 << 20;

  private final int[] columnIds;
  private final ColumnFamilyHandle[] columns;
  private ByteWriter bytes = new ByteWriter(1024);
  private int count;
  /** All of it, once it has become large; {@link #bytes} is empty then. */
  private @Nullable WriteBatch large;

  private record Tag(int inDefaultColumn, int inOthers) {}

  /** @param columns in the order of {@link Column#values()} */
  Batch(ColumnFamilyHandle[] columns, int[] columnIds) {
    this.columns = columns;
    this.columnIds = columnIds;
    clear();
  }

  /** Sets {@code key} to {@code value}. */
  public void put(Column column, byte[] key, byte[] value) {
    put(column, key, value, 0, value.length);
  }

  /** Sets {@code key} to a part of {@code value}. */
  public void put(Column column, byte[] key, byte[] value, int offset, int length) {
    WriteBatch beyond = largeWith(key.length + length);
    if (beyond != null) {
      boolean whole = offset == 0 && length == value.length;
      byte[] part = whole ? value : Arrays.copyOfRange(value, offset, offset + length);
      add(() -> beyond.put(columns[column.index()], key, part));
      return;
    }
    begin(PUT, column, key);
    bytes.putVarint(length).putBytes(value, offset, length);
  }

  /** Removes {@code key}. */
  public void delete(Column column, byte[] key) {
    WriteBatch beyond = largeWith(key.length);
    if (beyond != null) {
      add(() -> beyond.delete(columns[column.index()], key));
      return;
    }
    begin(DELETE, column, key);
  }

  /** Adds {@code delta} to the counter under {@code key} (the column must have the adding merge operator). */
  public void add(Column column, byte[] key, long delta) {
    WriteBatch beyond = largeWith(key.length);
    if (beyond != null) {
      byte[] term = new ByteWriter(Long.BYTES).putLong(Long.reverseBytes(delta)).toByteArray();
      add(() -> beyond.merge(columns[column.index()], key, term));
      return;
    }
    begin(MERGE, column, key);
    bytes.putVarint(Long.BYTES).putLong(Long.reverseBytes(delta));
  }

  /** Removes every key of a range that has an end. */
  public void deleteRange(Column column, KeyRange range) {
    byte[] to = range.to();
    if (to == null) {
      throw new IllegalArgumentException("range without an end");
    }
    WriteBatch beyond = largeWith(to.length);
    if (beyond != null) {
      add(() -> beyond.deleteRange(columns[column.index()], range.from(), to));
      return;
    }
    begin(DELETE_RANGE, column, range.from());
    bytes.putVarint(to.length).putBytes(to);
  }

  /** How many changes it holds. */
  public int count() {
    return count;
  }

  /** Empties the batch for the next use. */
  public void clear() {
    if (large != null) {
      large.close();
      large = null;
    }
    if (bytes.size() > KEPT_BYTES) {
      bytes = new ByteWriter(1024);
    }
    bytes.clear();
    count = 0;
    bytes.putLong(0).putInt(0);
  }

  /** All of it in native memory, to be closed by the caller; the batch may only be cleared afterwards. */
  WriteBatch take() {
    WriteBatch taken = large == null ? new WriteBatch(representation()) : large;
    large = null;
    return taken;
  }

  byte[] representation() {
    bytes.patchIntLittleEndian(COUNT_OFFSET, count);
    return bytes.toByteArray();
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Where a change of so many bytes belongs once the batch is large; null as long as it is not. */
  private @Nullable WriteBatch largeWith(int moreBytes) {
    if (large == null && (long) bytes.size() + moreBytes > MOST_BYTES) {
      large = new WriteBatch(representation());
      bytes = new ByteWriter(HEADER_BYTES);
    }
    return large;
  }

  private void add(Change change) {
    try {
      change.add();
      count++;
    } catch (RocksDBException e) {
      throw new StorageException("writing failed: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Change {
    void add() throws RocksDBException;
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
