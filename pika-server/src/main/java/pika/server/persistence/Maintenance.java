package pika.server.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.Store;
import pika.storage.rocks.StorageException;

/**
 * SAVE, BGSAVE and COMPACT. A snapshot is a directory below {@code dump-path}, named after the
 * moment it shows, from which a server can start. One snapshot and one compaction at a time.
 *
 * <p>Safe for use by all threads. {@link #close} before the store.
 */
public final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("'snapshot-'yyyyMMdd'T'HHmmss'.'SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long CLOSE_SECONDS = 10;

  private final Store store;
  private final Supplier<Path> dumpPath;
  private final ExecutorService background = Executors.newCachedThreadPool(Maintenance::thread);
  private SaveStatus status;
  private boolean compacting;

  /**
   * How snapshots stand.
   *
   * @param lastSavedMs Unix milliseconds of the last snapshot that succeeded, or of the start
   * @param lastSucceeded whether the last one did
   * @param lastTookSeconds -1 before the first
   * @param runningSinceMs Unix milliseconds, 0 when none is being made
   */
  public record SaveStatus(
      long lastSavedMs, boolean lastSucceeded, long lastTookSeconds, long runningSinceMs) {

    public boolean isRunning() {
      return runningSinceMs > 0;
    }
  }

  public Maintenance(Store store, Supplier<Path> dumpPath) {
    this.store = store;
    this.dumpPath = dumpPath;
    this.status = new SaveStatus(store.nowMs(), true, -1, 0);
  }

  public synchronized SaveStatus saveStatus() {
    return status;
  }

  public synchronized boolean isCompacting() {
    return compacting;
  }

  /**
   * Makes a snapshot on the calling thread; false if one is being made already.
   *
   * @throws StorageException if it fails
   */
  public boolean save() {
    if (!claimSave()) {
      return false;
    }
    makeSnapshot();
    return true;
  }

  /** Makes a snapshot in the background; false if one is being made already. */
  public boolean startSave() {
    if (!claimSave()) {
      return false;
    }
    background.execute(() -> logFailure("BGSAVE", this::makeSnapshot));
    return true;
  }

  /** Compacts the whole database in the background; false if that is being done already. */
  public boolean startCompaction() {
    synchronized (this) {
      if (compacting) {
        return false;
      }
      compacting = true;
    }
    background.execute(() -> logFailure("COMPACT", this::compact));
    return true;
  }

  /** Brings everything committed so far to the disk, on the calling thread. */
  public void syncLog() {
    store.rocks().syncWal();
  }

  private synchronized boolean claimSave() {
    if (status.isRunning()) {
      return false;
    }
    status = new SaveStatus(
        status.lastSavedMs, status.lastSucceeded, status.lastTookSeconds, store.nowMs());
    return true;
  }

  private void makeSnapshot() {
    boolean succeeded = false;
    try {
      Path target = freePath();
      store.checkpoint(target);
      succeeded = true;
      LOG.info("snapshot {} made", target);
    } finally {
      saveEnded(succeeded);
    }
  }

  private synchronized void saveEnded(boolean succeeded) {
    long now = store.nowMs();
    long took = TimeUnit.MILLISECONDS.toSeconds(now - status.runningSinceMs);
    status = new SaveStatus(succeeded ? now : status.lastSavedMs, succeeded, took, 0);
  }

  private Path freePath() {
    Path directory = dumpPath.get();
    Path target;
    long moment = store.nowMs();
    do {
      target = directory.resolve(MOMENT.format(Instant.ofEpochMilli(moment++)));
    } while (Files.exists(target));
    return target;
  }

  private void compact() {
    try {
      store.compact();
      LOG.info("the whole database is compacted");
    } finally {
      synchronized (this) {
        compacting = false;
      }
    }
  }

  private static void logFailure(String what, Runnable work) {
    try {
      work.run();
    } catch (StorageException e) {
      LOG.error("{} failed", what, e);
    }
  }

  /** Waits for what is under way, for a bounded time. */
  @Override
  public void close() {
    background.shutdown();
    try {
      if (!background.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a snapshot or compaction is still under way; closing anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pika-background");
    thread.setDaemon(true);
    return thread;
  }
}
