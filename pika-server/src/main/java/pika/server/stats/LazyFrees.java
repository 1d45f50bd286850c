package pika.server.stats;

import java.util.concurrent.atomic.LongAdder;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.keys.ValueSize;

/**
 * Counts what Redis would have freed in the background ({@code lazyfreed_objects}): large values
 * removed by UNLINK, and all keys of a database flushed with ASYNC. Thread-safe.
 */
public final class LazyFrees {
  /** Collections up to this size are freed immediately. */
  private static final int SMALL = 64;

  private final LongAdder freed = new LongAdder();

  /**
   * Counts a value that {@code unit} removes, if it is large.
   *
   * @param encoding the encoding that OBJECT reports
   */
  public void unlinked(UnitOfWork unit, KeyRecord record, String encoding) {
    if (ValueSize.of(record) > SMALL && isOfManyBlocks(record, encoding)) {
      emptied(unit, 1);
    }
  }

  /** Counts {@code keys} keys that {@code unit} removes. */
  public void emptied(UnitOfWork unit, long keys) {
    unit.afterCommit(() -> freed.add(keys));
  }

  /** Returns the count. */
  public long count() {
    return freed.sum();
  }

  /** Resets the count. */
  public void reset() {
    freed.reset();
  }

  /**
   * Returns whether it would consist of many allocations in Redis; an approximation for lists and
   * streams, whose blocks hold many elements.
   */
  private static boolean isOfManyBlocks(KeyRecord record, String encoding) {
    return switch (record.type()) {
      case STRING -> false;
      case LIST, STREAM -> record.hasRows();
      case SET, HASH -> encoding.equals("hashtable");
      case ZSET -> encoding.equals("skiplist");
    };
  }
}
