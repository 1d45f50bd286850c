package pika.storage.rocks;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps threads that wait for a flush from waiting forever.
 *
 * <p>Where several memtables are merged into one file ({@code min_write_buffer_number_to_merge}
 * above 1), RocksDB can forget a memtable for which a flush was requested while another flush of
 * the column was about to begin; the requester then waits until something else flushes the column
 * (RocksDB issues 12094 and 13280, open as of version 10). So while anybody waits, be it in a
 * flush, a compaction or a checkpoint, this requests non-blocking flushes of the columns again and
 * again, at growing intervals, since each may cost another small file. Thread-safe.
 */
final class FlushGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlushGuard.class);
  private static final long FIRST_MS = 100;
  private static final long LONGEST_MS = 30_000;

  private final RocksDB db;
  private final ScheduledExecutorService reminders =
      Executors.newSingleThreadScheduledExecutor(FlushGuard::thread);

  FlushGuard(RocksDB db) {
    this.db = db;
  }

  /** An operation that may wait for a flush. */
  @FunctionalInterface
  interface Flushing {
    void run() throws RocksDBException;
  }

  /** Runs an operation that may wait for a flush of these columns. */
  void run(List<ColumnFamilyHandle> columns, Flushing flushing) throws RocksDBException {
    AtomicBoolean over = new AtomicBoolean();
    remindLater(columns, over, FIRST_MS);
    try {
      flushing.run();
    } finally {
      synchronized (over) {
        over.set(true);
      }
    }
  }

  private void remindLater(List<ColumnFamilyHandle> columns, AtomicBoolean over, long delayMs) {
    ScheduledFuture<?> unused =
        reminders.schedule(() -> remind(columns, over, delayMs), delayMs, TimeUnit.MILLISECONDS);
  }

  private void remind(List<ColumnFamilyHandle> columns, AtomicBoolean over, long delayMs) {
    // Under the lock: until the operation is over, the database is open.
    synchronized (over) {
      if (over.get()) {
        return;
      }
      try (FlushOptions options =
          new FlushOptions().setWaitForFlush(false).setAllowWriteStall(true)) {
        for (ColumnFamilyHandle column : columns) {
          db.flush(options, column);
        }
      } catch (RocksDBException e) {
        // The waiting operation reports the failure.
        LOG.debug("requesting a flush failed; it is requested again later", e);
      }
    }
    remindLater(columns, over, Math.min(2 * delayMs, LONGEST_MS));
  }

  /** Stops the reminders. No operation may be running any more. */
  @Override
  public void close() {
    reminders.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pika-flush-guard");
    thread.setDaemon(true);
    return thread;
  }
}
