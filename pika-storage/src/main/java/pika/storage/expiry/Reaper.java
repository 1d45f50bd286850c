package pika.storage.expiry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import pika.storage.bytes.KeyRange;
import pika.storage.key.Engine;
import pika.storage.key.Garbage;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/**
 * Removes data that was dropped by its header alone: rows of large values, whole databases. The
 * garbage entry is deleted last, so that a crash only means doing it again. Runs on its own
 * maintenance thread; when nothing was dropped since the last run, a run costs one comparison.
 *
 * <p>Few rows are deleted one by one: every later read of the column has to check a range
 * tombstone, which pays off only if it replaces many point tombstones. For many rows, files that
 * hold nothing else are dropped at once; since that takes them from readers with older views too,
 * an entry waits until the views that were open when it was first seen are closed.
 */
public final class Reaper {
  /** How often it runs. */
  public static final long PERIOD_MS = 200;

  /** Bounds a run, and so the rate: five thousand values a second. */
  private static final int ENTRIES_PER_RUN = 1024;

  private static final int ROWS_DELETED_ONE_BY_ONE = 512;

  /**
   * Compact a dropped value's range if this much of it remains in files; less is left to later
   * compactions.
   */
  private static final long WORTH_COMPACTING_BYTES = 16 << 20;

  private final Engine engine;
  private final Rocks rocks;
  private final AtomicLong reaped = new AtomicLong();
  private volatile int backlog;
  /** Whether the last run has left work. */
  private boolean unfinishedWork = true;
  /**
   * For each entry that was left, the sequence number at which it was first seen: views older than
   * that may need its rows.
   */
  private Map<Long, Long> seenAt = new HashMap<>();

  /** Creates the reaper of one store. */
  public Reaper(Engine engine) {
    this.engine = engine;
    this.rocks = engine.rocks();
  }

  /** Returns how many entries were removed since the start. */
  public long reaped() {
    return reaped.get();
  }

  /** Returns how many entries are waiting, up to the number one run looks at. */
  public int backlog() {
    return backlog;
  }

  /** Removes waiting garbage, up to a bound; returns how many entries it removed. */
  public synchronized int run() {
    if (!engine.takeGarbageAdded() && !unfinishedWork) {
      return 0;
    }
    unfinishedWork = true;
    List<Garbage> waiting = waiting();
    backlog = waiting.size();
    // Everything in the list was dropped before this sequence number.
    long now = rocks.sequence();
    long oldestView = rocks.oldestViewSequence();
    Map<Long, Long> left = new HashMap<>();
    for (Garbage garbage : waiting) {
      long seen = seenAt.getOrDefault(garbage.id(), now);
      if (oldestView < seen) {
        left.put(garbage.id(), seen);
      } else {
        reap(garbage);
        reaped.incrementAndGet();
        backlog--;
      }
    }
    seenAt = left;
    unfinishedWork = !left.isEmpty() || waiting.size() == ENTRIES_PER_RUN;
    return waiting.size() - left.size();
  }

  private List<Garbage> waiting() {
    List<Garbage> waiting = new ArrayList<>();
    try (Cursor cursor =
        rocks.cursor(Column.GARBAGE, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid() && waiting.size() < ENTRIES_PER_RUN; cursor.next()) {
        Garbage garbage = Garbage.decode(cursor.key(), cursor.value());
        if (!engine.isUnfinished(garbage.id()) && isStillThere(garbage)) {
          waiting.add(garbage);
        }
      }
    }
    return waiting;
  }

  /**
   * Returns whether the entry still exists. The cursor shows an older state: the value may have
   * been committed, and its entry removed, since then. Checked after the entry was found not to be
   * unfinished, the answer is final.
   */
  private boolean isStillThere(Garbage garbage) {
    return rocks.get(Column.GARBAGE, garbage.key()) != null;
  }

  private void reap(Garbage garbage) {
    KeyRange range = garbage.range();
    Batch batch = rocks.batch();
    List<Column> compacted = new ArrayList<>();
    for (Column column : garbage.kind().columns()) {
      if (!deleteOneByOne(column, range, batch)) {
        rocks.dropFiles(column, range);
        batch.deleteRange(column, range);
        compacted.add(column);
      }
    }
    garbage.deleteFrom(batch);
    rocks.write(batch, Rocks.Durability.BUFFERED);
    // Data in level 0 or in files shared with other keys is freed only by compaction.
    for (Column column : compacted) {
      if (garbage.kind() == Garbage.Kind.DATABASE
          || rocks.estimatedBytes(column, range) >= WORTH_COMPACTING_BYTES) {
        rocks.compact(column, range);
      }
    }
  }

  /**
   * Adds a delete for each key of the range to the batch if there are few; otherwise adds nothing
   * and returns false.
   */
  private boolean deleteOneByOne(Column column, KeyRange range, Batch batch) {
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = rocks.cursor(column, range, Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid(); cursor.next()) {
        if (keys.size() == ROWS_DELETED_ONE_BY_ONE) {
          return false;
        }
        keys.add(cursor.key());
      }
    }
    keys.forEach(key -> batch.delete(column, key));
    return true;
  }
}
