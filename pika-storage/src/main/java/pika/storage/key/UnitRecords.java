package pika.storage.key;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * The records as one unit of work sees and changes them: its own changes shadow what is committed.
 * A record is changed only while the unit holds its key's write lock. Confined to the thread that
 * runs the unit.
 */
final class UnitRecords {
  private final Engine engine;
  private final UnitOfWork.Mode mode;
  private final HeldLocks locks;
  private final Committed committed;
  private final Uncommitted uncommitted;
  private final AccessTimes accessTimes;
  private long nowMs;

  UnitRecords(
      Engine engine,
      UnitOfWork.Mode mode,
      HeldLocks locks,
      Committed committed,
      Uncommitted uncommitted) {
    this.engine = engine;
    this.mode = mode;
    this.locks = locks;
    this.committed = committed;
    this.uncommitted = uncommitted;
    this.accessTimes = new AccessTimes(engine.cache(), engine.startedAtMs());
  }

  /** Begins a step at {@code nowMs}. */
  void beginStep(long nowMs) {
    this.nowMs = nowMs;
    accessTimes.beginStep(nowMs);
  }

  /**
   * Returns the record under {@code key}, expired or not; null when there is none. If it has rows
   * that another unit could change, a view is pinned for the rest of the command. Unless the mode
   * is {@link UnitOfWork.Mode#MAY_BLOCK}, the key is locked for reading instead if that needs no
   * waiting; if it does, a memory-only unit throws {@link WouldBlock}, as rows in memory have no
   * views.
   */
  @Nullable
  KeyRecord read(Key key) {
    KeyRecord record = readHeader(key);
    if (record != null && record.hasRows() && !committed.isPinned() && !isLocked(key)) {
      if (mode != UnitOfWork.Mode.MAY_BLOCK && locks.tryLock(KeyLocks.stripeOf(key.hash()) << 1)) {
        return committed.record(key);
      }
      if (mode == UnitOfWork.Mode.MEMORY_ONLY) {
        throw WouldBlock.LOCKED;
      }
      committed.pin();
      // The view must predate a flush of the database: the reaper spares what older views show.
      return engine.databases().isLive(key.databaseId()) ? committed.record(key) : null;
    }
    return record;
  }

  /** Like {@link #read}, for callers that do not need the rows. */
  @Nullable
  KeyRecord readHeader(Key key) {
    if (locks.holdsAny() && locks.holdsForWriting(KeyLocks.stripeOf(key.hash()))) {
      return change(key).after();
    }
    return committed.record(key);
  }

  /**
   * Returns the record as this unit sees it, without filling the cache: for iterating over many
   * keys.
   */
  @Nullable
  KeyRecord peek(Key key) {
    Change change = uncommitted.changes().of(key);
    return change == null ? committed.peek(key) : change.after();
  }

  /** Like {@link #peek}, for many keys in one go. */
  List<@Nullable KeyRecord> peekAll(List<Key> keys) {
    List<@Nullable KeyRecord> records = committed.peekAll(keys);
    Changes changes = uncommitted.changes();
    for (int i = 0; !changes.isEmpty() && i < keys.size(); i++) {
      Change change = changes.of(keys.get(i));
      if (change != null) {
        records.set(i, change.after());
      }
    }
    return records;
  }

  /** Iterates over records or scan entries, those that this unit has changed included. */
  Cursor walk(Column column, KeyRange range) {
    return walk(column, range, Cursor.Direction.FORWARD);
  }

  Cursor walk(Column column, KeyRange range, Cursor.Direction direction) {
    Cursor below = committed.walk(column, range, direction);
    if (uncommitted.changes().isEmpty()) {
      return below;
    }
    try {
      return uncommitted.over(below, column, range, direction);
    } catch (Throwable e) {
      below.close();
      throw e;
    }
  }

  /** Sets the record under {@code key}; rows of the one it replaces become garbage. */
  void put(Key key, KeyRecord after) {
    Change change = change(key);
    uncommitted.garbage().dropRows(key, change.after(), after);
    accessTimes.written(after);
    uncommitted.changes().write(change, after, Change.Cause.COMMAND);
  }

  /** Removes the record under {@code key} and leaves its rows to the reaper. */
  void remove(Key key) {
    remove(key, Change.Cause.COMMAND);
  }

  private void remove(Key key, Change.Cause cause) {
    Change change = change(key);
    uncommitted.garbage().dropRows(key, change.after(), null);
    uncommitted.changes().write(change, null, cause);
  }

  /** Removes a record but not its rows, which another record has taken over. */
  void removeHeader(Key key) {
    uncommitted.changes().write(change(key), null, Change.Cause.COMMAND);
  }

  /** Makes an unchanged key count as changed. */
  void markChanged(Key key) {
    uncommitted.changes().writeRows(change(key));
  }

  /** Removes the record if it has expired; returns whether it did. */
  boolean expireIfDue(Key key) {
    KeyRecord present = readHeader(key);
    if (present == null || !present.isExpired(nowMs)) {
      return false;
    }
    remove(key, Change.Cause.EXPIRED);
    return true;
  }

  /**
   * Removes a record if it has expired, unless that would mean waiting for the key's lock or
   * holding it for long; then the sweeper will.
   */
  void tryExpire(Key key) {
    if (engine.leavesExpired()) {
      return;
    }
    int stripe = KeyLocks.stripeOf(key.hash());
    boolean locksInPassing = mode != UnitOfWork.Mode.MAY_BLOCK;
    if (locks.holdsForWriting(stripe) || (locksInPassing && locks.tryLock(stripe << 1 | 1))) {
      expireIfDue(key);
    }
  }

  /** Counts a lookup on behalf of a command. */
  void lookedUp(boolean found) {
    uncommitted.lookUps().add(found);
  }

  /** Counts a lookup that also counts as a use of what it found. */
  void used(Key key, @Nullable KeyRecord record) {
    lookedUp(record != null);
    if (record != null) {
      accessTimes.used(key, record);
    }
  }

  /** Returns the access times as this unit's commands update them. */
  AccessTimes accessTimes() {
    return accessTimes;
  }

  /**
   * Returns how many keys a database has for this unit: the committed ones plus what it adds
   * itself.
   */
  long count(int databaseId) {
    long keys = engine.databases().keys(databaseId);
    return uncommitted.changes().isEmpty() ? keys : keys + uncommitted.tally().keysOf(databaseId);
  }

  /**
   * Returns the change of a key, which must be locked for writing; starts one if necessary.
   *
   * @throws IllegalStateException if it is not locked
   */
  Change change(Key key) {
    Changes changes = uncommitted.changes();
    Change change = changes.of(key);
    if (change != null) {
      return change;
    }
    if (!locks.holdsForWriting(KeyLocks.stripeOf(key.hash()))) {
      throw new IllegalStateException("writing a key that is not locked");
    }
    return changes.add(key, committed.newestRecord(key));
  }

  /** Returns whether no other unit can change the key until the commit. */
  boolean isLocked(Key key) {
    return locks.holds(KeyLocks.stripeOf(key.hash()));
  }
}
