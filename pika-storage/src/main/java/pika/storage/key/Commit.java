package pika.storage.key;

import java.util.List;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/**
 * Writes one unit's changes to the store, while the unit holds their locks:
 *
 * <pre>
 *   announce    the record cache stops accepting fills of the keys being replaced
 *   write       one atomic batch
 *   apply       update the record cache and counters, then run the hook and the after-commit actions
 * </pre>
 *
 * <p>Confined to the thread that runs the unit.
 */
final class Commit {
  private final Engine engine;
  private final Uncommitted uncommitted;
  private final Batch batch;

  Commit(Engine engine, Uncommitted uncommitted) {
    this.engine = engine;
    this.uncommitted = uncommitted;
    this.batch = engine.rocks().batch();
  }

  /**
   * Writes all changes, as durably as configured. May block. After a failure the changes are lost
   * or in an unknown state.
   *
   * @param nowMs the time of the unit's last step
   */
  void write(long nowMs) {
    if (!uncommitted.isAny()) {
      uncommitted.tellOfNothing();
      return;
    }
    List<Change> effective = announce();
    Rocks.Durability durability = isSynced() ? Rocks.Durability.SYNCED : Rocks.Durability.BUFFERED;
    try {
      fill(effective);
      engine.rocks().write(batch, durability);
    } catch (RuntimeException | Error e) {
      fail(effective);
      throw e;
    } finally {
      batch.clear();
    }
    apply(effective, nowMs);
  }

  /**
   * Like {@link #write}, but returns false and changes nothing when it would have to wait for the
   * disk or for RocksDB.
   */
  boolean tryWrite(long nowMs) {
    if (!uncommitted.isAny()) {
      uncommitted.tellOfNothing();
      return true;
    }
    if (isSynced() || engine.rocks().writesMayStall()) {
      return false;
    }
    List<Change> effective = announce();
    boolean written;
    try {
      fill(effective);
      written = engine.rocks().writeWithoutWaiting(batch);
    } catch (RuntimeException | Error e) {
      fail(effective);
      throw e;
    } finally {
      batch.clear();
    }
    if (written) {
      apply(effective, nowMs);
    } else {
      effective.forEach(change -> engine.cache().unchanged(change.key()));
    }
    return written;
  }

  private boolean isSynced() {
    return engine.syncsEachCommit() || !uncommitted.functions().isEmpty();
  }

  private List<Change> announce() {
    List<Change> effective = uncommitted.changes().effective();
    effective.forEach(change -> engine.cache().willChange(change.key()));
    return effective;
  }

  private void fill(List<Change> effective) {
    try {
      uncommitted.putInto(batch, effective);
    } catch (OutOfMemoryError e) {
      throw new StorageException("out of memory, the write is too large", e);
    }
  }

  private void apply(List<Change> effective, long nowMs) {
    uncommitted.apply(effective, nowMs);
    engine.changes().add(effective.size());
    engine.committed();
    uncommitted.tell(effective);
  }

  /**
   * Drops the keys from the cache: after a failed write nobody knows what the next start will find.
   */
  private void fail(List<Change> effective) {
    effective.forEach(change -> engine.cache().changed(change.key(), null));
    uncommitted.rows().forEach((row, value) -> engine.cache().rowChanged(row, RowChanges.DELETED));
  }
}
