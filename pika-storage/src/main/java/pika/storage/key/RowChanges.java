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
 * The rows a unit of work has changed and not yet committed, in their order, with what is needed to take changes back.
 * Confined to the thread that runs the unit.
 */
final class RowChanges implements Undoable {
  /** Stands for a deleted row. Compared by identity. */
  static final byte[] DELETED = new byte[0];

  /** The same for a row that is never looked up, and so of no interest to the record cache. */
  static final byte[] WALKED_DELETED = new byte[0];

  /** Stands for a memo that no longer holds, see {@link Rows#memo}: nothing on the disk changes. */
  static final byte[] MEMO_DROPPED = new byte[0];

  private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
  private final UndoLog<Undo> undo = new UndoLog<>(this::takeBack);
  private long sizeBytes;

  private record Undo(byte[] key, byte @Nullable [] previous) {}

  /** The uncommitted value, one that {@link #isDeleted}, or null when this unit hasn't touched the row. */
  byte @Nullable [] get(byte[] key) {
    return rows.isEmpty() ? null : rows.get(key);
  }

  void put(byte[] key, byte[] value) {
    byte[] previous = rows.put(key, value);
    sizeBytes += size(key, value) - size(key, previous);
    undo.add(new Undo(key, previous));
  }

  /** Whether a value stands for a deleted row. */
  static boolean isDeleted(byte[] value) {
    return value == DELETED || value == WALKED_DELETED || value == MEMO_DROPPED;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** How many bytes the changed keys and values have. */
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

  /** Tells of each changed row and its value, which may be one that {@link #isDeleted}. */
  void forEach(BiConsumer<byte[], byte[]> reader) {
    rows.forEach(reader);
  }

  void putInto(Batch batch) {
    rows.forEach((key, value) -> put(batch, key, value));
  }

  /** Moves changes of a range, all of them the present command's, into a batch; they can't be taken back afterwards. */
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

  /** Lays the changes over a walk through committed rows, which is closed with the result. */
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
