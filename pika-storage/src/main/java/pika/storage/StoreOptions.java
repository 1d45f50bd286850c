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
 * @param slotPrefix whether a new directory is to carry the hash slot in its keys; an existing one keeps what it has
 * @param createdBy name and version of the program, for a new directory's manifest
 * @param recordCacheBytes bound of the record cache on the Java heap
 * @param rocks RocksDB's settings
 * @param sync when commits reach the disk
 * @param hook is told of every commit
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

  /** Options that suit tests and small stores: 16 databases, a few megabytes of caches. */
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

  /** The same with another clock. */
  public StoreOptions withClock(LongSupplier clock) {
    return new StoreOptions(
        path, databases, slotPrefix, createdBy, recordCacheBytes, rocks, sync, hook, clock);
  }

  /** The same with somebody else told of commits. */
  public StoreOptions withHook(CommitHook newHook) {
    return new StoreOptions(
        path, databases, slotPrefix, createdBy, recordCacheBytes, rocks, sync, newHook, clockMs);
  }
}
