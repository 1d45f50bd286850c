package pika.storage.rocks;

import java.io.File;
import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Syncs the write-ahead log to disk. {@code RocksDB.syncWal} lets other threads write meanwhile,
 * but must not run on a log that RocksDB has just failed to append to: that counts as damage beyond
 * recovery, so the database would reject all writes until it is opened again, even when the full
 * disk has space again. So as long as an append may fail soon, the log is synced by a write, which
 * RocksDB orders with all others. Thread-safe.
 */
final class WalSync implements AutoCloseable {
  /**
   * More than a disk takes in between a look at the free space and the start of a sync, which is
   * milliseconds at worst. An estimate.
   */
  private static final long NEARLY_FULL_BYTES = 512L << 20;

  /** What the write consists of: RocksDB logs it, but does not add it to the data. */
  private static final byte[] MARK = {0};

  private final RocksDB db;
  private final File directory;
  private final WriteOptions synced = new WriteOptions().setSync(true);

  /** Syncs the log of {@code db}, whose files are in {@code directory}. */
  WalSync(RocksDB db, Path directory) {
    this.db = db;
    this.directory = directory.toFile();
  }

  /** Syncs everything written so far from the operating system's buffers to disk. */
  void run() throws RocksDBException {
    if (appendsMayFail()) {
      try (WriteBatch mark = new WriteBatch()) {
        mark.putLogData(MARK);
        db.write(synced, mark);
      }
    } else {
      db.syncWal();
    }
  }

  private boolean appendsMayFail() {
    return directory.getUsableSpace() < NEARLY_FULL_BYTES;
  }

  @Override
  public void close() {
    synced.close();
  }
}
