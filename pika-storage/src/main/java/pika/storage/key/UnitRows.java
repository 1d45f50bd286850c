package pika.storage.key;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/**
 * The rows of large values as one unit of work sees and changes them. Rows change only together
 * with their owner, under its write lock. Rows of a locked owner are stable and may be read from
 * memory; others are read from a view. Confined to the thread that runs the unit.
 */
final class UnitRows {
  /**
   * Once uncommitted rows exceed this, new rows are written ahead of the commit, so that a huge
   * value is not held in memory twice.
   */
  private static final long WRITE_AHEAD_BYTES = 1 << 20;
  /**
   * The least amount of new rows to write ahead, so that they are written in portions even when
   * other changes exceed the limit.
   */
  private static final long WRITE_AHEAD_LEAST_BYTES = 256 << 10;

  private final Engine engine;
  private final UnitOfWork.Mode mode;
  private final UnitRecords records;
  private final Committed committed;
  private final Uncommitted uncommitted;

  UnitRows(
      Engine engine,
      UnitOfWork.Mode mode,
      UnitRecords records,
      Committed committed,
      Uncommitted uncommitted) {
    this.engine = engine;
    this.mode = mode;
    this.records = records;
    this.committed = committed;
    this.uncommitted = uncommitted;
  }

  /** Returns the common prefix of the rows' keys. */
  byte[] prefix(Key owner, KeyRecord.RowsId rows) {
    return engine.format().rowPrefix(owner, rows);
  }

  byte @Nullable [] get(Key owner, byte[] rowKey) {
    byte[] changed = uncommitted.rows().get(rowKey);
    if (changed != null) {
      return RowChanges.isDeleted(changed) ? null : changed;
    }
    if (uncommitted.garbage().isWrittenAhead(rowKey)) {
      // Rows written ahead may be newer than a pinned view.
      return committed.newestRow(rowKey);
    }
    return records.isLocked(owner) ? committed.lockedRow(rowKey) : committed.row(rowKey);
  }

  void put(Key owner, byte[] rowKey, byte[] value) {
    uncommitted.changes().writeRows(records.change(owner));
    uncommitted.rows().put(rowKey, value);
  }

  /** See {@link Rows#complete}. */
  void complete(byte[] rowKey, byte[] value) {
    uncommitted.rows().put(rowKey, value);
  }

  /** See {@link Rows#onRollback}. */
  void onRollback(Runnable takesBack) {
    uncommitted.kept().add(takesBack);
  }

  void delete(Key owner, byte[] rowKey) {
    put(owner, rowKey, RowChanges.DELETED);
  }

  void deleteWalked(Key owner, byte[] rowKey) {
    put(owner, rowKey, RowChanges.WALKED_DELETED);
  }

  /** See {@link Rows#memo}. */
  byte @Nullable [] memo(Key owner, byte[] name) {
    boolean holds = isSteady(owner) && uncommitted.rows().get(name) == null;
    return holds ? engine.cache().row(name) : null;
  }

  /** See {@link Rows#mayKeepMemos}: the value may have had another key when its rows changed. */
  boolean mayKeepMemos(Key owner, byte[] prefix) {
    return isSteady(owner) && !uncommitted.rows().isAnyIn(KeyRange.ofPrefix(prefix));
  }

  void keepMemo(long version, byte[] name, byte[] memo) {
    engine.cache().keepMemo(version, name, memo);
  }

  boolean mayHaveMemos(long version) {
    return engine.cache().mayHaveMemos(version);
  }

  void dropMemo(byte[] name) {
    if (engine.cache().row(name) != null) {
      uncommitted.rows().put(name, RowChanges.MEMO_DROPPED);
    }
  }

  /** Returns whether nobody else can change the value, and this unit reads its newest state. */
  private boolean isSteady(Key owner) {
    return records.isLocked(owner) && !committed.isPinned();
  }

  /**
   * Leaves the rows whose keys start with {@code rowKeyPrefix} to the reaper; the value itself
   * stays.
   */
  void dropNamed(Key owner, byte[] rowKeyPrefix) {
    uncommitted.changes().writeRows(records.change(owner));
    uncommitted.garbage().drop(Garbage.Kind.ROWS, rowKeyPrefix);
  }

  Cursor walk(KeyRange range, Cursor.Direction direction) {
    Cursor below = uncommitted.garbage().isWrittenAhead(range.from())
        ? committed.newestRows(range, direction)
        : committed.rows(range, direction);
    return uncommitted.rows().over(below, range, direction);
  }

  /** Iterates over a few rows; served from memory where the unit must not wait. */
  Cursor walkFew(Key owner, KeyRange range, Cursor.Direction direction) {
    return records.isLocked(owner) && !uncommitted.garbage().isWrittenAhead(range.from())
        ? uncommitted.rows().over(committed.lockedRows(range, direction), range, direction)
        : walk(range, direction);
  }

  /**
   * Writes the rows of a value under construction to the store before its header if there are many;
   * returns whether it did. They count as garbage until the commit: a garbage entry is written
   * before them, and the commit deletes it.
   *
   * @param newBytes the size of rows with this prefix that are not written yet
   */
  boolean writeAheadIfMany(byte[] prefix, long newBytes) {
    RowChanges changed = uncommitted.rows();
    if (newBytes < WRITE_AHEAD_LEAST_BYTES
        || changed.sizeBytes() < WRITE_AHEAD_BYTES
        || mode == UnitOfWork.Mode.MEMORY_ONLY) {
      return false;
    }
    writeAhead(ahead -> {
      uncommitted.garbage().announceRows(prefix, ahead);
      changed.drain(KeyRange.ofPrefix(prefix), ahead);
    });
    return true;
  }

  /**
   * Writes further rows under a prefix that was announced before; they were never among the
   * uncommitted ones.
   */
  void writeAhead(Consumer<Batch> rows) {
    Batch ahead = engine.rocks().batch();
    try {
      rows.accept(ahead);
      engine.rocks().write(ahead, Rocks.Durability.BUFFERED);
    } finally {
      ahead.clear();
    }
  }
}
