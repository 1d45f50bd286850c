package pika.storage;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import pika.storage.key.CommitHook;
import pika.storage.rocks.RocksSettings;

/**
 * How a store is opened.
 *
 * @param path the data directory
 * @param databases how many numbered databases there are
 * @param slotPrefix whether keys in a new directory carry their hash slot; an existing one keeps
 *     its format
 * @param createdBy name and version of the program, for a new directory's manifest
 * @param recordCacheBytes bound of the record cache on the Java heap
 * @param rocks RocksDB's settings
 * @param sync when commits are synced to disk
 * @param hook called for every commit
 * @param clockMs the time, in milliseconds since 1970
 */
public record StoreOptions(
    Path path,
    int databases,
    boolean slotPrefix,
    String createdBy,
    long recordCacheBytes,
    RocksSettings rocks,
    SyncPolicy sync,
    CommitHook hook,
    LongSupplier clockMs) {

  /** Returns options for tests and small stores: 16 databases, a few megabytes of caches. */
  public static StoreOptions in(Path path) {
    return new StoreOptions(
        path,
        16,
        false,
        "pika",
        16L << 20,
        RocksSettings.withBlockCache(32L << 20),
        SyncPolicy.EVERY_SECOND,
        changes -> {},
        System::currentTimeMillis);
  }

  /** Returns these options with another clock. */
  public StoreOptions withClock(LongSupplier clock) {
    return new StoreOptions(
        path, databases, slotPrefix, createdBy, recordCacheBytes, rocks, sync, hook, clock);
  }

  /** Returns these options with another commit hook. */
  public StoreOptions withHook(CommitHook newHook) {
    return new StoreOptions(
        path, databases, slotPrefix, createdBy, recordCacheBytes, rocks, sync, newHook, clockMs);
  }
}
