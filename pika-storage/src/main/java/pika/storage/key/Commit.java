package pika.storage.key;

import java.util.List;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/**
 * The way of one unit's changes into the store, while the unit holds their locks:
 *
 * <pre>
 *   announce    the record cache refuses to be filled with what is being replaced
 *   write       one batch, atomically
 *   apply       to the record cache; then whoever wants to know is told
 * </pre>
 *
 * Confined to the thread that runs the unit.
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
   * Writes what there is, as durably as configured. May wait; after a failure it is all lost, or nobody knows.
   */
  void write() {
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
    apply(effective);
  }

  /** The same unless that would have to wait for the disk or for RocksDB; false leaves everything as it is. */
  boolean tryWrite() {
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
      apply(effective);
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
      throw new StorageException("not enough memory to write so much at once", e);
    }
  }

  private void apply(List<Change> effective) {
    uncommitted.apply(effective);
    engine.changes().add(effective.size());
    engine.committed();
    uncommitted.tell(effective);
  }

  /** Nobody knows how much of a failed write will be there after the next start: the cache forgets the keys. */
  private void fail(List<Change> effective) {
    effective.forEach(change -> engine.cache().changed(change.key(), null));
    uncommitted.rows().forEach((row, value) -> engine.cache().rowChanged(row, RowChanges.DELETED));
  }
}
