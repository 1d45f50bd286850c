package pika.storage.rocks;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Keeps a database's files unchanged until it is closed, so that they can be copied as a crash would leave them: nothing is
 * flushed, compacted or deleted. Must be short, for writes go on and stall when the memtables are full.
 */
public final class HeldFiles implements AutoCloseable {
  private final RocksDB db;

  /** Holds the files from here on. */
  public HeldFiles(Rocks rocks) throws RocksDBException {
    db = rocks.db();
    db.pauseBackgroundWork();
    db.disableFileDeletions();
  }

  @Override
  public void close() throws RocksDBException {
    db.enableFileDeletions();
    db.continueBackgroundWork();
  }
}
