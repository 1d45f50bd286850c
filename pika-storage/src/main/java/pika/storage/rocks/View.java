package pika.storage.rocks;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/**
 * A consistent view of the whole store at one moment (a RocksDB snapshot). A view keeps old data
 * from being compacted away, so it must be short-lived; close it in the scope that opened it.
 */
public final class View implements AutoCloseable {
  private final RocksDB db;
  private final Snapshot snapshot;
  private final ReadOptions readOptions;

  View(RocksDB db) {
    this.db = db;
    this.snapshot = db.getSnapshot();
    try {
      this.readOptions = new ReadOptions().setSnapshot(snapshot);
    } catch (Throwable e) {
      // A leaked snapshot would keep old data alive, and the reaper waiting, for good.
      db.releaseSnapshot(snapshot);
      throw e;
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  ReadOptions readOptions() {
    return readOptions;
  }

  @Override
  public void close() {
    readOptions.close();
    db.releaseSnapshot(snapshot);
    snapshot.close();
  }
}
