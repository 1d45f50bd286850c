package pika.server.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
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
 * SAVE, BGSAVE, BGREWRITEAOF and COMPACT. A snapshot is a directory below {@code dump-path}, named
 * after its time in the local zone, {@code 20250131235959}, from which a server can start. One
 * snapshot and one compaction at a time.
 *
 * <p>Thread-safe. To be closed before the store.
 */
public final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.systemDefault());
  private static final long PATIENCE_MS = 10_000;

  private final Store store;
  private final Supplier<Path> dumpPath;
  private final ExecutorService background = Executors.newCachedThreadPool(Maintenance::thread);
  private SaveStatus status; // guarded by this, as is the rest
  private long changesSaved;
  private boolean compacting;
  private boolean emptyingLog;
  private boolean emptiedLog = true;
  private boolean closing;

  /**
   * The state of snapshots.
   *
   * @param lastSavedMs Unix milliseconds of the last successful snapshot, or of the start
   * @param lastSucceeded whether the last snapshot succeeded
   * @param lastTookSeconds -1 before the first
   * @param runningSinceMs Unix milliseconds, 0 when none is in progress
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

  /**
   * Returns how many keys have changed since the last successful snapshot began, or since the
   * start.
   */
  public synchronized long changesSinceSave() {
    return store.engine().changes().sum() - changesSaved;
  }

  public synchronized boolean isEmptyingLog() {
    return emptyingLog;
  }

  /** Returns whether the last run of BGREWRITEAOF succeeded; true before the first. */
  public synchronized boolean lastEmptiedLog() {
    return emptiedLog;
  }

  public synchronized boolean isCompacting() {
    return compacting;
  }

  /**
   * Creates a snapshot on the calling thread; returns false if one is in progress.
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

  /** Creates a snapshot in the background; returns false if one is in progress. */
  public synchronized boolean startSave() {
    if (!claimSave()) {
      return false;
    }
    background.execute(() -> logFailure("BGSAVE", this::makeSnapshot));
    return true;
  }

  /**
   * Flushes all memtables in the background, which serves the purpose of rewriting Redis' log: the
   * next start has less to replay. Returns false if that is in progress.
   */
  public synchronized boolean startEmptyingLog() {
    if (closing || emptyingLog) {
      return false;
    }
    emptyingLog = true;
    background.execute(() -> logFailure("BGREWRITEAOF", this::emptyLog));
    return true;
  }

  /** Compacts the whole database in the background; returns false if that is in progress. */
  public synchronized boolean startCompaction() {
    if (closing || compacting) {
      return false;
    }
    compacting = true;
    background.execute(() -> logFailure("COMPACT", this::compact));
    return true;
  }

  /** Syncs everything committed so far to disk, on the calling thread. */
  public void syncLog() {
    store.rocks().syncWal();
  }

  private synchronized boolean claimSave() {
    if (closing || status.isRunning()) {
      return false;
    }
    status = new SaveStatus(
        status.lastSavedMs, status.lastSucceeded, status.lastTookSeconds, store.nowMs());
    return true;
  }

  private void makeSnapshot() {
    boolean succeeded = false;
    long changes = store.engine().changes().sum();
    try {
      Path target = freePath();
      store.checkpoint(target);
      succeeded = true;
      LOG.info("snapshot {} completed", target);
    } finally {
      saveEnded(succeeded, changes);
    }
  }

  private synchronized void saveEnded(boolean succeeded, long changes) {
    changesSaved = succeeded ? changes : changesSaved;
    long now = store.nowMs();
    long took = TimeUnit.MILLISECONDS.toSeconds(now - status.runningSinceMs);
    status = new SaveStatus(succeeded ? now : status.lastSavedMs, succeeded, took, 0);
    notifyAll();
  }

  /** Returns an unused path; a second snapshot in the same second gets a number. */
  private Path freePath() {
    Path directory = dumpPath.get();
    String moment = MOMENT.format(Instant.ofEpochMilli(store.nowMs()));
    Path target = directory.resolve(moment);
    for (int number = 2; Files.exists(target); number++) {
      target = directory.resolve(moment + "-" + number);
    }
    return target;
  }

  private void emptyLog() {
    boolean succeeded = false;
    try {
      store.emptyLog();
      succeeded = true;
    } finally {
      synchronized (this) {
        emptyingLog = false;
        emptiedLog = succeeded;
        notifyAll();
      }
    }
  }

  private void compact() {
    try {
      boolean completed = store.compact();
      LOG.info(
          "compaction started by COMPACT {}",
          completed ? "completed" : "interrupted by the shutdown; run it again");
    } finally {
      synchronized (this) {
        compacting = false;
        notifyAll();
      }
    }
  }

  private static void logFailure(String what, Runnable work) {
    try {
      work.run();
    } catch (StorageException e) {
      LOG.error("{} failed: {}", what, e.getMessage());
    }
  }

  /**
   * Cancels a compaction and waits for a snapshot, however long it takes: the store must not be
   * closed under it. Nothing new is started.
   */
  @Override
  public synchronized void close() {
    closing = true;
    store.rocks().stopCompacting();
    background.shutdown();
    boolean interrupted = false;
    while (compacting || emptyingLog || status.isRunning()) {
      try {
        wait(PATIENCE_MS);
        if (status.isRunning()) {
          LOG.warn("shutdown is waiting for a snapshot to complete");
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pika-background");
    thread.setDaemon(true);
    return thread;
  }
}
