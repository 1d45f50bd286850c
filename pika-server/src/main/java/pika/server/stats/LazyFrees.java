package pika.server.stats;

import java.util.concurrent.atomic.LongAdder;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.keys.ValueSize;

/**
 * Counts what Redis would have freed in the background ({@code lazyfreed_objects}): large values that UNLINK removes, and all
 * keys of a database that is emptied with ASYNC. Safe for many threads.
 */
public final class LazyFrees {
  /** A collection of no more elements is freed at once. */
  private static final int SMALL = 64;

  private final LongAdder freed = new LongAdder();

  /** Counts a value that {@code unit} removes, if it is large; {@code encoding} is the one OBJECT names. */
  public void unlinked(UnitOfWork unit, KeyRecord record, String encoding) {
    if (ValueSize.of(record) > SMALL && isOfManyBlocks(record, encoding)) {
      emptied(unit, 1);
    }
  }

  /** Counts so many keys that {@code unit} removes. */
  public void emptied(UnitOfWork unit, long keys) {
    unit.afterCommit(() -> freed.add(keys));
  }

  /** What it has counted. */
  public long count() {
    return freed.sum();
  }

  /** Begins anew. */
  public void reset() {
    freed.reset();
  }

  /** In Redis' memory; about so for lists and streams, whose blocks hold many elements. */
  private static boolean isOfManyBlocks(KeyRecord record, String encoding) {
    return switch (record.type()) {
      case STRING -> false;
      case LIST, STREAM -> record.hasRows();
      case SET, HASH -> encoding.equals("hashtable");
      case ZSET -> encoding.equals("skiplist");
    };
  }
}
