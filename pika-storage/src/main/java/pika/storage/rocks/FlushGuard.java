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
 * Sees to it that who waits for a flush doesn't wait for ever.
 *
 * <p>Where several memtables are merged into one file ({@code min_write_buffer_number_to_merge} above 1), RocksDB can forget
 * a memtable for which a flush was requested while another flush of the column was about to begin; the requester then waits
 * until something else flushes the column (RocksDB issues 12094 and 13280, open as of version 10). So as long as somebody
 * waits, be it in a flush, a compaction or a checkpoint, the columns are told again to flush, without waiting, at growing
 * intervals: each time may cost a small file more. Safe for many threads.
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

  /** Something that may wait for a flush. */
  @FunctionalInterface
  interface Flushing {
    void run() throws RocksDBException;
  }

  /** Runs what may wait for a flush of these columns. */
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
    // The database is open as long as it is not over.
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
        // Whoever waits is told.
        LOG.debug("can't ask for a flush again", e);
      }
    }
    remindLater(columns, over, Math.min(2 * delayMs, LONGEST_MS));
  }

  /** Nobody may be waiting any more. */
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
