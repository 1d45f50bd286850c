package pika.storage.key;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * A unit of work's uncommitted row changes, with an undo log. They are sorted only once somebody
 * iterates over rows: most units never do. Confined to the thread that runs the unit.
 */
final class RowChanges implements Undoable {
  /** Marks a deleted row. Compared by identity. */
  static final byte[] DELETED = new byte[0];

  /**
   * Marks a deleted row that is only iterated over, never looked up, so that it need not be evicted
   * from the record cache.
   */
  static final byte[] WALKED_DELETED = new byte[0];

  /** Stands for a memo that no longer holds, see {@link Rows#memo}: nothing on the disk changes. */
  static final byte[] MEMO_DROPPED = new byte[0];

  /**
   * A map larger than this is replaced, not cleared: clearing takes time proportional to its
   * largest size.
   */
  private static final int KEPT_ROWS = 1 << 11;

  /** Each row under itself, in the order of the first changes. */
  private Map<Row, Row> rows = new LinkedHashMap<>();

  private final UndoLog<Undo> undo = new UndoLog<>(step -> become(step.row, step.previous));
  /** The changes in key order; null until somebody asks for them. */
  private @Nullable NavigableMap<byte[], byte[]> ordered;
  /** How many rows have a value. */
  private int changed;

  private long sizeBytes;

  /** A row with the value that this unit gives it. Equal to any other of the same key. */
  private static final class Row implements Comparable<Row> {
    private final byte[] key;
    private final int hash;
    /** Null when no change is left. */
    private byte @Nullable [] value;

    Row(byte[] key) {
      this.key = key;
      this.hash = (int) Hash64.of(key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Row row && hash == row.hash && Arrays.equals(key, row.key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    /** For maps, which sort keys of the same hash. */
    @Override
    public int compareTo(Row other) {
      return Arrays.compareUnsigned(key, other.key);
    }
  }

  private record Undo(Row row, byte @Nullable [] previous) {}

  /**
   * Returns the uncommitted value, which may be one that {@link #isDeleted}; null when this unit
   * has not changed the row.
   */
  byte @Nullable [] get(byte[] key) {
    if (changed == 0) {
      return null;
    }
    Row row = rows.get(new Row(key));
    return row == null ? null : row.value;
  }

  void put(byte[] key, byte[] value) {
    Row added = new Row(key);
    Row present = rows.putIfAbsent(added, added);
    Row row = present == null ? added : present;
    undo.add(new Undo(row, row.value));
    become(row, value);
  }

  private void become(Row row, byte @Nullable [] value) {
    if (ordered != null) {
      put(ordered, row.key, value);
    }
    changed += presence(value) - presence(row.value);
    sizeBytes += size(row.key, value) - size(row.key, row.value);
    row.value = value;
  }

  private static void put(
      NavigableMap<byte[], byte[]> ordered, byte[] key, byte @Nullable [] value) {
    if (value == null) {
      ordered.remove(key);
    } else {
      ordered.put(key, value);
    }
  }

  /** Returns whether a value marks a deleted row. */
  static boolean isDeleted(byte[] value) {
    return value == DELETED || value == WALKED_DELETED || value == MEMO_DROPPED;
  }

  boolean isEmpty() {
    return changed == 0;
  }

  /** Returns whether rows of a range have changed. */
  boolean isAnyIn(KeyRange range) {
    return changed > 0 && !within(range).isEmpty();
  }

  /** Returns the total size of the changed keys and values, in bytes. */
  long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void beginStep() {
    undo.beginStep();
  }

  @Override
  public void nextCommand() {
    undo.nextCommand();
  }

  @Override
  public void rollbackCommand() {
    undo.rollbackCommand();
  }

  @Override
  public void rollbackStep() {
    undo.rollbackStep();
  }

  /**
   * Passes each changed row and its value, which may be one that {@link #isDeleted}, to
   * {@code reader}.
   */
  void forEach(BiConsumer<byte[], byte[]> reader) {
    for (Row row : rows.values()) {
      byte[] value = row.value;
      if (value != null) {
        reader.accept(row.key, value);
      }
    }
  }

  void putInto(Batch batch) {
    forEach((key, value) -> put(batch, key, value));
  }

  /**
   * Moves the changes of a range into a batch; they can no longer be rolled back. All must belong
   * to the current command.
   */
  void drain(KeyRange range, Batch batch) {
    Map<Row, Row> others = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      byte[] value = row.value;
      if (value != null && range.contains(row.key)) {
        put(batch, row.key, value);
        become(row, null);
      } else if (value != null) {
        others.put(row, row);
      }
    }
    rows = others;
    undo.forget(step -> range.contains(step.row.key));
  }

  void clear() {
    if (rows.size() > KEPT_ROWS) {
      rows = new LinkedHashMap<>();
    } else {
      rows.clear();
    }
    undo.beginStep();
    ordered = null;
    changed = 0;
    sizeBytes = 0;
  }

  /**
   * Returns an iteration in which the changes shadow committed rows; closing it closes
   * {@code committed}.
   */
  Cursor over(Cursor committed, KeyRange range, Cursor.Direction direction) {
    if (changed == 0) {
      return committed;
    }
    NavigableMap<byte[], byte[]> changes = within(range);
    return changes.isEmpty() ? committed : new OverlayCursor(committed, changes, direction);
  }

  private NavigableMap<byte[], byte[]> within(KeyRange range) {
    NavigableMap<byte[], byte[]> all = ordered();
    byte[] to = range.to();
    return to == null ? all.tailMap(range.from(), true) : all.subMap(range.from(), true, to, false);
  }

  private NavigableMap<byte[], byte[]> ordered() {
    NavigableMap<byte[], byte[]> present = ordered;
    if (present == null) {
      present = new TreeMap<>(Arrays::compareUnsigned);
      forEach(present::put);
      ordered = present;
    }
    return present;
  }

  private static int presence(byte @Nullable [] value) {
    return value == null ? 0 : 1;
  }

  private static int size(byte[] key, byte @Nullable [] value) {
    return value == null ? 0 : key.length + value.length;
  }

  private static void put(Batch batch, byte[] key, byte[] value) {
    if (value == MEMO_DROPPED) {
      return;
    }
    if (isDeleted(value)) {
      batch.delete(Column.ROW, key);
    } else {
      batch.put(Column.ROW, key, value);
    }
  }
}
