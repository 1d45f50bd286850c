package pika.storage.key;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often commands found records and rows in the record cache, since the start. Keys and rows
 * that do not exist are misses: the cache does not remember them, RocksDB's filters do. Thread-safe.
 */
public final class CacheFigures {
  private final LongAdder lookUps = new LongAdder();
  private final LongAdder loads = new LongAdder();

  CacheFigures() {}

  /** Adds lookups, and how often RocksDB was asked for them. */
  void add(long moreLookUps, long moreLoads) {
    lookUps.add(moreLookUps);
    if (moreLoads > 0) {
      loads.add(moreLoads);
    }
  }

  /** Returns how many lookups needed nothing from RocksDB. */
  public long hits() {
    // What was read ahead may not have been looked up yet.
    return Math.max(0, lookUps.sum() - loads.sum());
  }

  /** Returns how often RocksDB was asked. */
  public long misses() {
    return loads.sum();
  }

  /** Returns the hits as a fraction of all lookups, from 0 to 1; 0 before the first one. */
  public double hitRatio() {
    long hits = hits();
    long all = hits + misses();
    return all == 0 ? 0 : (double) hits / all;
  }
}
