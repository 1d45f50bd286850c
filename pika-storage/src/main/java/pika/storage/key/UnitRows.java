package pika.storage.key;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/**
 * The rows of large values as one unit of work sees and changes them. Rows change only together with their owner, whose
 * lock the unit holds; those that lock keeps still may be read from memory, others are read from a view. Confined to the
 * thread that runs the unit.
 */
final class UnitRows {
  /** New rows beyond this are written ahead of the commit, so that a huge value is not held in memory twice. */
  private static final long WRITE_AHEAD_BYTES = 4 << 20;

  private final UnitOfWork unit;
  private final Engine engine;
  private final Committed committed;
  private final Uncommitted uncommitted;

  UnitRows(UnitOfWork unit, Engine engine, Committed committed, Uncommitted uncommitted) {
    this.unit = unit;
    this.engine = engine;
    this.committed = committed;
    this.uncommitted = uncommitted;
  }

  /** What the keys of these rows start with. */
  byte[] prefix(Key owner, KeyRecord.RowsId rows) {
    byte[] home = rows.home() == null ? owner.userKey() : rows.home();
    return engine.format().rowPrefix(owner.databaseId(), home, rows.version());
  }

  byte @Nullable [] get(Key owner, byte[] rowKey) {
    byte[] changed = uncommitted.rows().get(rowKey);
    if (changed != null) {
      return RowChanges.isDeleted(changed) ? null : changed;
    }
    if (uncommitted.garbage().isWrittenAhead(rowKey)) {
      // Rows written ahead may be younger than a pinned view.
      return committed.newestRow(rowKey);
    }
    return unit.isLocked(owner) ? committed.lockedRow(rowKey) : committed.row(rowKey);
  }

  void put(Key owner, byte[] rowKey, byte[] value) {
    uncommitted.changes().writeRows(unit.change(owner));
    uncommitted.rows().put(rowKey, value);
  }

  void delete(Key owner, byte[] rowKey) {
    put(owner, rowKey, RowChanges.DELETED);
  }

  void deleteWalked(Key owner, byte[] rowKey) {
    put(owner, rowKey, RowChanges.WALKED_DELETED);
  }

  /** Leaves the rows of {@code present} to the reaper, unless its replacement keeps them. */
  void drop(Key owner, @Nullable KeyRecord present, @Nullable KeyRecord replacement) {
    KeyRecord.RowsId old = present == null ? null : present.rows();
    if (old == null) {
      return;
    }
    KeyRecord.RowsId kept = replacement == null ? null : replacement.rows();
    if (kept == null || kept.version() != old.version()) {
      uncommitted.garbage().drop(Garbage.Kind.ROWS, prefix(owner, old));
    }
  }

  /** Leaves those rows of a value that stays to the reaper whose keys start with {@code rowKeyPrefix}. */
  void dropNamed(Key owner, byte[] rowKeyPrefix) {
    uncommitted.changes().writeRows(unit.change(owner));
    uncommitted.garbage().drop(Garbage.Kind.ROWS, rowKeyPrefix);
  }

  Cursor walk(KeyRange range, Cursor.Direction direction) {
    Cursor below = uncommitted.garbage().isWrittenAhead(range.from())
        ? committed.newestRows(range, direction)
        : committed.rows(range, direction);
    return uncommitted.rows().over(below, range, direction);
  }

  /** A short walk, which stays in memory where the unit must not wait. */
  Cursor walkFew(Key owner, KeyRange range, Cursor.Direction direction) {
    return unit.isLocked(owner) && !uncommitted.garbage().isWrittenAhead(range.from())
        ? uncommitted.rows().over(committed.lockedRows(range, direction), range, direction)
        : walk(range, direction);
  }

  /**
   * Writes the rows of a value that is being created to the store before its header, when there are many. They are
   * garbage until the commit says otherwise: a garbage entry precedes them, and the commit removes it.
   */
  void writeAheadIfMany(byte[] prefix) {
    RowChanges changed = uncommitted.rows();
    if (!unit.mayBlock() || changed.sizeBytes() < WRITE_AHEAD_BYTES) {
      return;
    }
    Batch ahead = engine.rocks().batch();
    uncommitted.garbage().announceRows(prefix, ahead);
    changed.drain(KeyRange.ofPrefix(prefix), ahead);
    engine.rocks().write(ahead, Rocks.Durability.BUFFERED);
  }
}
