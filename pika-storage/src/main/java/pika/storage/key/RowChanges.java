package pika.storage.key;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * A unit of work's uncommitted row changes, in key order, with an undo log. Confined to the thread
 * that runs the unit.
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

  private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
  private final UndoLog<Undo> undo = new UndoLog<>(this::takeBack);
  private long sizeBytes;

  private record Undo(byte[] key, byte @Nullable [] previous) {}

  /**
   * Returns the uncommitted value, which may be one that {@link #isDeleted}; null when this unit
   * has not changed the row.
   */
  byte @Nullable [] get(byte[] key) {
    return rows.isEmpty() ? null : rows.get(key);
  }

  void put(byte[] key, byte[] value) {
    byte[] previous = rows.put(key, value);
    sizeBytes += size(key, value) - size(key, previous);
    undo.add(new Undo(key, previous));
  }

  /** Returns whether a value marks a deleted row. */
  static boolean isDeleted(byte[] value) {
    return value == DELETED || value == WALKED_DELETED || value == MEMO_DROPPED;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns whether rows of a range have changed. */
  boolean isAnyIn(KeyRange range) {
    if (rows.isEmpty()) {
      return false;
    }
    byte[] first = rows.ceilingKey(range.from());
    return first != null && range.contains(first);
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

  private void takeBack(Undo step) {
    byte[] present =
        step.previous == null ? rows.remove(step.key) : rows.put(step.key, step.previous);
    sizeBytes += size(step.key, step.previous) - size(step.key, present);
  }

  /**
   * Passes each changed row and its value, which may be one that {@link #isDeleted}, to
   * {@code reader}.
   */
  void forEach(BiConsumer<byte[], byte[]> reader) {
    rows.forEach(reader);
  }

  void putInto(Batch batch) {
    rows.forEach((key, value) -> put(batch, key, value));
  }

  /**
   * Moves the changes of a range into a batch; they can no longer be rolled back. All must belong
   * to the current command.
   */
  void drain(KeyRange range, Batch batch) {
    Iterator<Map.Entry<byte[], byte[]>> entries = within(range).entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<byte[], byte[]> entry = entries.next();
      put(batch, entry.getKey(), entry.getValue());
      sizeBytes -= size(entry.getKey(), entry.getValue());
      entries.remove();
    }
    undo.forget(step -> range.contains(step.key));
  }

  void clear() {
    rows.clear();
    undo.beginStep();
    sizeBytes = 0;
  }

  /**
   * Returns an iteration in which the changes shadow committed rows; closing it closes
   * {@code committed}.
   */
  Cursor over(Cursor committed, KeyRange range, Cursor.Direction direction) {
    NavigableMap<byte[], byte[]> changed = within(range);
    return changed.isEmpty() ? committed : new OverlayCursor(committed, changed, direction);
  }

  private NavigableMap<byte[], byte[]> within(KeyRange range) {
    byte[] to = range.to();
    return to == null
        ? rows.tailMap(range.from(), true)
        : rows.subMap(range.from(), true, to, false);
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
