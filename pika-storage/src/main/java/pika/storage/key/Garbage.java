package pika.storage.key;

import java.util.Arrays;
import java.util.List;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;

/**
 * A value or database that was dropped by its header alone, whose data the reaper has yet to
 * remove.
 *
 * <pre>
 * garbage id:u64 -> kind:u8 prefix:byte*
 * kind := 1 ROWS: the rows that start with prefix
 *       | 2 DATABASE: everything of a database: what starts with prefix in every column of keys and rows
 * </pre>
 *
 * <p>The kinds are on disk: never renumber.
 */
public record Garbage(long id, Kind kind, byte[] prefix) {

  /** What was dropped. */
  public enum Kind {
    /** The rows of one large value. */
    ROWS(1),
    /** A whole database. */
    DATABASE(2);

    private final int id;

    Kind(int id) {
      this.id = id;
    }

    /** Returns the columns that hold it. */
    public List<Column> columns() {
      return this == ROWS
          ? List.of(Column.ROW)
          : List.of(Column.RECORD, Column.ROW, Column.SCAN, Column.EXPIRY);
    }
  }

  /** Decodes an entry of the garbage column. */
  public static Garbage decode(byte[] key, byte[] value) {
    for (Kind kind : Kind.values()) {
      if (kind.id == value[0]) {
        return new Garbage(
            BigEndian.takeLong(key, 0), kind, Arrays.copyOfRange(value, 1, value.length));
      }
    }
    throw new pika.storage.rocks.StorageException("garbage of unknown kind " + value[0]);
  }

  /** Returns the range to remove from each of the columns. */
  public KeyRange range() {
    return KeyRange.ofPrefix(prefix);
  }

  /** Adds the entry to the batch. */
  void putInto(Batch batch) {
    byte[] value = new byte[prefix.length + 1];
    value[0] = (byte) kind.id;
    System.arraycopy(prefix, 0, value, 1, prefix.length);
    batch.put(Column.GARBAGE, key(), value);
  }

  /** Deletes the entry, once everything is removed. */
  public void deleteFrom(Batch batch) {
    batch.delete(Column.GARBAGE, key());
  }

  /** Returns the entry's key in the garbage column. */
  public byte[] key() {
    byte[] key = new byte[Long.BYTES];
    BigEndian.putLong(key, 0, id);
    return key;
  }
}
