package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/** The expiry index as the sweeper needs it: what is due, and how to remove it. Safe for one sweeping thread. */
public final class Deadlines {
  private final Engine engine;

  /** The index of one store. */
  public Deadlines(Engine engine) {
    this.engine = engine;
  }

  /** Removes up to {@code limit} keys that are due; returns how many index entries it went through. */
  public int sweep(long nowMs, int limit) {
    if (engine.nextDeadlineMs() > nowMs) {
      return 0;
    }
    engine.forgetDeadlines();
    List<byte[]> due = due(nowMs, limit);
    if (due.isEmpty()) {
      return 0;
    }
    try (UnitOfWork unit = engine.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      Batch stale = engine.rocks().batch();
      for (byte[] entry : due) {
        Key key = engine.format().keyOfExpiryKey(entry);
        lock(unit, key, stale);
        unit.beginCommand(nowMs);
        if (!engine.databases().isLive(key.databaseId()) || !unit.expireIfDue(key)) {
          stale.delete(Column.EXPIRY, entry);
        }
      }
      commit(unit, stale);
    }
    return due.size();
  }

  /** Entries up to {@code nowMs}; lowers the engine's bound to the first one left out. */
  private List<byte[]> due(long nowMs, int limit) {
    List<byte[]> due = new ArrayList<>();
    byte[] end = new byte[Long.BYTES];
    BigEndian.putLong(end, 0, Long.MAX_VALUE);
    KeyRange all = new KeyRange(new byte[0], end);
    try (Cursor cursor =
        engine.rocks().cursor(Column.EXPIRY, all, Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid(); cursor.next()) {
        byte[] entry = cursor.key();
        long deadline = KeyFormat.deadlineOfExpiryKey(entry);
        if (deadline > nowMs || due.size() == limit) {
          engine.deadlineAdded(deadline);
          break;
        }
        due.add(entry);
      }
    }
    return due;
  }

  private void lock(UnitOfWork unit, Key key, Batch stale) {
    LockPlan plan = LockPlan.forWritingOne(key.userKey());
    if (!unit.tryLock(plan)) {
      commit(unit, stale);
      unit.awaitLocks(plan);
    }
  }

  /** Entries that no record accounts for go while the locks of their keys are still held. */
  private void commit(UnitOfWork unit, Batch stale) {
    engine.rocks().write(stale, Rocks.Durability.BUFFERED);
    stale.clear();
    unit.commit();
  }
}
