package pika.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.bytes.KeyRange;
import pika.storage.expiry.Reaper;
import pika.storage.expiry.Sweeper;
import pika.storage.hash.FieldExpiry;
import pika.storage.key.Deadlines;
import pika.storage.key.Engine;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;
import pika.storage.manifest.DataDirectory;
import pika.storage.rocks.Column;
import pika.storage.rocks.FileFailure;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/**
 * An open data directory. Thread-safe; {@link #close} comes after the last unit of work has ended.
 *
 * <p>It runs four threads: one sweeps expired keys, one reaps garbage, one syncs the log every
 * second, because that may take long and must not delay the others, and one watches how many files
 * are open.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final long SYNC_PERIOD_MS = 1000;

  /** Far less than a database takes to fill half of its room for open files. */
  private static final long OPEN_FILES_PERIOD_MS = 5000;

  private static final String UNFINISHED_SUFFIX = ".unfinished-snapshot";

  private final DataDirectory directory;
  private final Rocks rocks;
  private final Engine engine;
  private final Sweeper sweeper;
  private final Reaper reaper;
  private final LongSupplier clockMs;
  private final Upkeep upkeep = new Upkeep();
  private volatile SyncPolicy sync;

  private Store(DataDirectory directory, Rocks rocks, StoreOptions options) {
    this.directory = directory;
    this.rocks = rocks;
    this.clockMs = options.clockMs();
    boolean slots = directory.manifest().getSlotPrefix();
    this.engine = new Engine(
        rocks,
        slots,
        options.databases(),
        options.recordCacheBytes(),
        clockMs.getAsLong(),
        options.hook());
    this.sweeper = new Sweeper(new Deadlines(engine, Store::removeDeadFields), options.clockMs());
    this.reaper = new Reaper(engine);
    engine.syncEachCommit(options.sync() == SyncPolicy.ALWAYS);
    this.sync = options.sync();
    syncWhatIsThere();
    upkeep.every(Sweeper.PERIOD_MS, "expiry", sweeper::run);
    upkeep.every(Reaper.PERIOD_MS, "reaper", reaper::run);
    upkeep.every(SYNC_PERIOD_MS, "sync", this::everySecond);
    upkeep.every(OPEN_FILES_PERIOD_MS, "open-files", rocks::limitOpenTables);
  }

  /**
   * Opens a data directory, creating it if it does not exist.
   *
   * @throws StorageException if it is in use, damaged, or of a newer format; nothing has been
   *     changed then
   */
  public static Store open(StoreOptions options) {
    DataDirectory directory =
        DataDirectory.open(options.path(), options.slotPrefix(), options.createdBy());
    Rocks rocks = null;
    try {
      rocks = Rocks.open(directory.databasePath(), options.rocks());
      return new Store(directory, rocks, options);
    } catch (RuntimeException e) {
      if (rocks != null) {
        rocks.close();
      }
      directory.close();
      throw e;
    }
  }

  /**
   * Syncs what an earlier process has left to the operating system. If the database refuses,
   * because it has met a damaged block, it is opened even so: what can still be read is all the
   * more wanted.
   */
  private void syncWhatIsThere() {
    try {
      rocks.syncWal();
    } catch (StorageException e) {
      LOG.error(
          "cannot sync the write-ahead log while opening, opening the"
              + " database anyway; writes may fail: {}",
          e.getMessage());
    }
  }

  /** Begins a unit of work, confined to one thread at a time; it may be handed on as a whole. */
  public UnitOfWork begin(UnitOfWork.Mode mode) {
    return engine.begin(mode);
  }

  /** Returns the store's time, in milliseconds since 1970. */
  public long nowMs() {
    return clockMs.getAsLong();
  }

  /** Returns what all units of work share, for statistics on keys and caches. */
  public Engine engine() {
    return engine;
  }

  /** Returns RocksDB, for statistics. */
  public Rocks rocks() {
    return rocks;
  }

  /** Returns the sweeper, for statistics and to pause it. */
  public Sweeper sweeper() {
    return sweeper;
  }

  /** Returns the reaper, for statistics and to wait for it. */
  public Reaper reaper() {
    return reaper;
  }

  /** Returns the stored function libraries. */
  public StoredFunctions functions() {
    return new StoredFunctions(rocks);
  }

  /** Returns the id of this directory's replication history: 40 hexadecimal digits. */
  public String replicationId() {
    return directory.manifest().getReplicationId();
  }

  /** Returns how many bytes this process may still use on the data directory's disk. */
  public long freeDiskBytes() throws IOException {
    return directory.freeBytes();
  }

  /** Changes when commits are synced to disk. */
  public void sync(SyncPolicy policy) {
    boolean syncsMore = policy == SyncPolicy.ALWAYS && sync != SyncPolicy.ALWAYS;
    sync = policy;
    engine.syncEachCommit(policy == SyncPolicy.ALWAYS);
    if (syncsMore) {
      rocks.syncWal();
    }
  }

  /**
   * Creates in {@code target}, which must not exist, a data directory with everything committed so
   * far. Within one file system, files are hard-linked, so it takes moments whatever the size. It
   * is renamed into place when complete. Not thread-safe: unfinished checkpoints of an earlier
   * process beside {@code target} are removed.
   *
   * @throws StorageException if it fails; nothing is left of it then
   */
  public void checkpoint(Path target) {
    if (Files.exists(target)) {
      throw new StorageException("cannot create the checkpoint " + target + ": it already exists");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED_SUFFIX);
    try {
      Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
      removeUnfinished(parent);
      Files.createDirectory(unfinished);
      rocks.checkpoint(DataDirectory.databasePathIn(unfinished));
      directory.describe(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      FileTrees.sync(parent);
    } catch (IOException e) {
      FileTrees.deleteIfPossible(unfinished);
      throw new StorageException(
          "cannot create the checkpoint " + target + ": " + FileFailure.reason(e), e);
    } catch (StorageException e) {
      FileTrees.deleteIfPossible(unfinished);
      throw e;
    }
  }

  private static void removeUnfinished(Path parent) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, "*" + UNFINISHED_SUFFIX)) {
      for (Path tree : left) {
        FileTrees.delete(tree);
      }
    }
  }

  /**
   * Syncs the log, flushes all memtables and empties the record cache, so that everything read next
   * comes from disk.
   */
  public void reload() {
    rocks.syncWal();
    emptyLog();
    engine.forgetCached();
  }

  /** Flushes all memtables, so that the next start has no log to replay. */
  public void emptyLog() {
    for (Column column : Column.values()) {
      rocks.flush(column);
    }
  }

  /**
   * Compacts everything, freeing the space of deleted data; takes long, on the calling thread.
   * Returns false if closing the store cut it short.
   */
  public boolean compact() {
    boolean completed = true;
    for (Column column : Column.values()) {
      completed = rocks.compact(column, KeyRange.all());
    }
    return completed;
  }

  /** Stops maintenance, syncs the log and closes. */
  @Override
  public void close() {
    upkeep.stop();
    rocks.stopCompacting();
    upkeep.awaitEnd();
    try (directory;
        rocks) {
      rocks.syncWal();
    }
  }

  private static void removeDeadFields(Keyspace keyspace, byte[] userKey) {
    new FieldExpiry(keyspace, TypeLimits.DEFAULT.hashes()).removeDead(userKey);
  }

  private void everySecond() {
    if (sync == SyncPolicy.EVERY_SECOND) {
      engine.syncCommits();
    }
    engine.reserveVersions();
  }
}
