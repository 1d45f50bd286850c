package pika.storage.expiry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import pika.storage.bytes.KeyRange;
import pika.storage.key.Garbage;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/**
 * Removes what was dropped by its header alone: rows of large values, whole databases. The entry in the garbage column is
 * removed last, so that a crash only means doing it again. Run on the maintenance thread.
 *
 * <p>Few rows are deleted one by one: a range tombstone is checked by every later read of its column and pays only when it
 * replaces many point tombstones. For a database, files that hold nothing else are given back at once and the
 * edges are compacted.
 */
public final class Reaper {
  /** How often it runs. */
  public static final long PERIOD_MS = 200;

  private static final int ENTRIES_PER_RUN = 256;
  private static final int ROWS_DELETED_ONE_BY_ONE = 512;

  private final Rocks rocks;
  private final LongPredicate unfinished;
  private final AtomicLong reaped = new AtomicLong();
  private long pendingSeen;

  /** A reaper for one store. {@code unfinished} tells which entries belong to values that are still being written. */
  public Reaper(Rocks rocks, LongPredicate unfinished) {
    this.rocks = rocks;
    this.unfinished = unfinished;
  }

  /** Entries removed since the start. */
  public long reaped() {
    return reaped.get();
  }

  /** Entries that wait, up to the number one run looks at. */
  public synchronized long backlog() {
    return pendingSeen;
  }

  /** One run: removes waiting garbage, up to a bound; returns how many entries it removed. */
  public synchronized int run() {
    List<Garbage> waiting = waiting();
    pendingSeen = waiting.size();
    for (Garbage garbage : waiting) {
      reap(garbage);
      reaped.incrementAndGet();
      pendingSeen--;
    }
    return waiting.size();
  }

  private List<Garbage> waiting() {
    List<Garbage> waiting = new ArrayList<>();
    try (Cursor cursor =
        rocks.cursor(Column.GARBAGE, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid() && waiting.size() < ENTRIES_PER_RUN; cursor.next()) {
        Garbage garbage = Garbage.decode(cursor.key(), cursor.value());
        if (!unfinished.test(garbage.id())) {
          waiting.add(garbage);
        }
      }
    }
    return waiting;
  }

  private void reap(Garbage garbage) {
    KeyRange range = garbage.range();
    Batch batch = rocks.batch();
    for (Column column : garbage.kind().columns()) {
      if (!deleteOneByOne(column, range, batch)) {
        rocks.dropFiles(column, range);
        batch.deleteRange(column, range);
      }
    }
    garbage.deleteFrom(batch);
    rocks.write(batch, Rocks.Durability.BUFFERED);
    if (garbage.kind() == Garbage.Kind.DATABASE) {
      for (Column column : garbage.kind().columns()) {
        rocks.compact(column, range);
      }
    }
  }

  /** Puts a delete for each key of the range into the batch when there are few; false, and nothing put, when many. */
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
