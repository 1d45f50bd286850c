package pika.storage.rocks;

import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What RocksDB reports about itself. Safe for many threads, while the database is open. */
public final class RocksFigures {
  private final RocksDB db;
  private final ColumnFamilyHandle[] columns;
  private final Cache blockCache;

  RocksFigures(RocksDB db, ColumnFamilyHandle[] columns, Cache blockCache) {
    this.db = db;
    this.columns = columns;
    this.blockCache = blockCache;
  }

  /** Returns a numeric RocksDB property of one column, for example {@code rocksdb.estimate-num-keys}. */
  public long property(Column column, String name) {
    return property(columns[column.index()], name);
  }

  /** Returns a numeric RocksDB property summed over all columns. */
  public long sumOfProperty(String name) {
    long sum = 0;
    for (ColumnFamilyHandle column : columns) {
      sum += property(column, name);
    }
    return sum;
  }

  /** Returns how much has been written since the database was opened. */
  public WriteVolume writeVolume() {
    try {
      long files = 0;
      for (ColumnFamilyHandle column : columns) {
        files += WriteVolume.fileBytes(db.getMapProperty(column, WriteVolume.OF_A_COLUMN));
      }
      return WriteVolume.of(db.getMapProperty(WriteVolume.OF_THE_DATABASE), files);
    } catch (RocksDBException e) {
      throw failure("statistics", e);
    }
  }

  /** Returns the bytes in use in the block cache, memtables included. */
  public long blockCacheUsage() {
    return blockCache.getUsage();
  }

  /** Returns the bytes of the block cache that can't be evicted now. */
  public long blockCachePinnedUsage() {
    return blockCache.getPinnedUsage();
  }

  private long property(ColumnFamilyHandle column, String name) {
    try {
      return db.getLongProperty(column, name);
    } catch (RocksDBException e) {
      throw failure("the property " + name, e);
    }
  }

  private static StorageException failure(String what, RocksDBException e) {
    return new StorageException("reading " + what + " failed: " + e.getMessage(), e);
  }
}
