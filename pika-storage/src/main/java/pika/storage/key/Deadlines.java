package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/**
 * The expiry index as the {@link pika.storage.expiry.Sweeper} uses it: finds what is due and
 * removes it. Confined to the sweeping thread, except for {@link #onExpired}.
 */
public final class Deadlines {
  /** The longest a sweep holds its locks before it commits and lets others in. */
  private static final long MOST_HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * A unit on a loop that meets a held lock retries a millisecond later; the pause leaves the lock
   * free by then.
   */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Engine engine;
  private final DueParts dueParts;
  /**
   * The database the next sweep begins with. They take turns, so that a busy one does not starve
   * the others.
   */
  private int firstDatabase;

  private volatile ExpiryListener listener = (database, key, type) -> {};

  /**
   * Creates the index of one store.
   *
   * @param dueParts removes expired parts of values
   */
  public Deadlines(Engine engine, DueParts dueParts) {
    this.engine = engine;
    this.dueParts = dueParts;
  }

  /** Sets who is told of keys that are removed from now on. */
  public void onExpired(ExpiryListener newListener) {
    listener = newListener;
  }

  /**
   * Returns whether nothing may be removed at present: the listener cannot take more notifications, or
   * expired keys are left alone, see {@link Engine#leaveExpiredWhile}.
   */
  public boolean mustWait() {
    return listener.isOverrun() || engine.leavesExpired();
  }

  /**
   * Removes up to {@code limit} keys and parts of values that are due. Returns how many index
   * entries it went through, or {@code limit} when a value still has parts that are due.
   */
  public int sweep(long nowMs, int limit) {
    if (engine.deadlines().get() > nowMs) {
      return 0;
    }
    long bound = engine.deadlines().beginSweep();
    Due due = due(bound, nowMs, limit);
    boolean partsAreLeft = !due.entries.isEmpty() && remove(due.entries, nowMs);
    engine.deadlines().endSweep(due.nearestLeftMs);
    if (partsAreLeft && engine.locks().takeMissed()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return partsAreLeft ? limit : due.entries.size();
  }

  /** Index entries that are due, and the earliest deadline that remains. */
  private static final class Due {
    final List<byte[]> entries = new ArrayList<>();
    long nearestLeftMs = Long.MAX_VALUE;
  }

  private Due due(long fromMs, long nowMs, int limit) {
    Due due = new Due();
    int count = engine.databaseCount();
    for (int i = 0; i < count; i++) {
      int number = (firstDatabase + i) % count;
      if (engine.keyCount(number) > 0) {
        addDue(due, engine.databases().id(number), fromMs, nowMs, limit);
      }
    }
    firstDatabase = (firstDatabase + 1) % count;
    return due;
  }

  /**
   * Starts at the bound, not at the first entry: before it there are only tombstones, perhaps
   * millions.
   */
  private void addDue(Due due, int databaseId, long fromMs, long nowMs, int limit) {
    try (Cursor cursor = engine
        .rocks()
        .cursor(
            Column.EXPIRY,
            KeyFormat.deadlinesFrom(databaseId, fromMs),
            Cursor.Direction.FORWARD,
            null)) {
      for (; cursor.valid(); cursor.next()) {
        byte[] entry = cursor.key();
        long deadline = KeyFormat.deadlineOfExpiryKey(entry);
        if (deadline > nowMs || due.entries.size() == limit) {
          due.nearestLeftMs = Math.min(due.nearestLeftMs, deadline);
          return;
        }
        due.entries.add(entry);
      }
    }
  }

  /** Returns whether a value still has parts that are due. */
  private boolean remove(List<byte[]> entries, long nowMs) {
    boolean partsAreLeft = false;
    try (UnitOfWork unit = engine.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      Batch stale = engine.rocks().batch();
      long heldSince = System.nanoTime();
      for (byte[] entry : entries) {
        if (System.nanoTime() - heldSince > MOST_HELD_NANOS) {
          commit(unit, stale);
          heldSince = System.nanoTime();
        }
        Key key = engine.format().keyOfExpiryKey(entry);
        lock(unit, key, stale);
        unit.beginCommand(nowMs);
        if (removeDue(unit, key)) {
          partsAreLeft |= hasDueParts(unit, unit.records().readHeader(key));
        } else {
          stale.delete(Column.EXPIRY, entry);
        }
      }
      commit(unit, stale);
    }
    return partsAreLeft;
  }

  /**
   * Removes an expired key, or expired parts of its value; returns false when there is nothing to
   * remove.
   */
  private boolean removeDue(UnitOfWork unit, Key key) {
    int number = engine.databases().numberOf(key.databaseId());
    if (number < 0) {
      return false;
    }
    if (unit.records().expireIfDue(key)) {
      tell(unit);
      return true;
    }
    if (!hasDueParts(unit, unit.records().readHeader(key))) {
      return false;
    }
    dueParts.remove(unit.keyspace(number), key.userKey());
    unit.commandChanges().forEach(change -> unit.afterCommit(() -> listener.partsExpired(change)));
    return true;
  }

  private static boolean hasDueParts(UnitOfWork unit, @Nullable KeyRecord record) {
    return record != null
        && record.partsDueMs() != KeyRecord.NEVER
        && record.partsDueMs() <= unit.nowMs();
  }

  private void tell(UnitOfWork unit) {
    unit.forEachRemoved(
        (database, key, type) -> unit.afterCommit(() -> listener.expired(database, key, type)));
  }

  private void lock(UnitOfWork unit, Key key, Batch stale) {
    LockPlan plan = LockPlan.forWritingOne(key.userKey());
    if (!unit.tryLock(plan)) {
      commit(unit, stale);
      unit.awaitLocks(plan);
    }
  }

  /**
   * Deletes index entries that no record accounts for, while the locks of their keys are still
   * held.
   */
  private void commit(UnitOfWork unit, Batch stale) {
    engine.rocks().write(stale, Rocks.Durability.BUFFERED);
    stale.clear();
    unit.commit();
  }
}
