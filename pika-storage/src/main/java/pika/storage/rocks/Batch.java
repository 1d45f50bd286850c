package pika.storage.rocks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.KeyRange;

/**
 * An ordered list of changes that RocksDB applies atomically. It is assembled here in RocksDB's own
 * batch representation and crosses into native code once; a native call per change would cost more
 * than the change.
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
 * <p>Beyond {@link #MOST_BYTES}, changes cross one by one: a batch of a hundred megabytes must not
 * also live on the heap, where it would have to grow and be copied as one array.
 *
 * <p>The tags are those of RocksDB's {@code db/dbformat.h}. Its write-ahead log contains them too,
 * so RocksDB cannot change them. Confined to one thread; reusable after {@link #clear()}.
 */
public final class Batch {
  private static final int HEADER_BYTES = 12;
  private static final int COUNT_OFFSET = 8;
  private static final Tag DELETE = new Tag(0, 4);
  private static final Tag PUT = new Tag(1, 5);
  private static final Tag MERGE = new Tag(2, 6);
  private static final Tag DELETE_RANGE = new Tag(15, 14);
  /** A batch larger than this gives up its buffer when it is cleared. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int MOST_BYTES = 8 << 20;

  private final int[] columnIds;
  private final ColumnFamilyHandle[] columns;
  private ByteWriter bytes = new ByteWriter(1024);
  private int count;
  /** The whole batch in native memory, once it has become large; {@link #bytes} is empty then. */
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

  /**
   * Adds {@code delta} to the counter under {@code key}; the column must have the uint64 add
   * operator.
   */
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

  /**
   * Removes every key of a range.
   *
   * @throws IllegalArgumentException if the range has no end
   */
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

  /** Returns the number of changes. */
  public int count() {
    return count;
  }

  /** Empties the batch for reuse. */
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

  /**
   * Returns the batch in native memory, to be closed by the caller; after this only
   * {@link #clear()} may be called.
   */
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

  /**
   * Returns the native batch to add to if the batch is large, or becomes so with {@code moreBytes};
   * otherwise null.
   */
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
