package pika.storage.rocks;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RateLimiter;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/** RocksDB's options, derived from {@link RocksSettings}. Owns the native option objects. */
final class Tuning implements AutoCloseable {
  /** About one lookup in a hundred of an absent key reads a file in vain. */
  private static final int FILTER_BITS = 10;

  /**
   * About one in five hundred: elements are added without knowing whether they exist, and while one
   * waits for the disk, no other unit can change its key.
   */
  private static final int ROW_FILTER_BITS = 14;

  private static final double HIGH_PRIORITY_POOL = 0.5;
  private static final int MAX_CACHE_SHARD_BITS = 4;

  /**
   * Minimum size of a shard. Memtables are charged in units of 256 KB, each to some shard: two of
   * them would fill a shard of 512 KB, RocksDB's minimum, and every block that belongs there would
   * be evicted right after it was read.
   */
  private static final long MIN_CACHE_SHARD_BYTES = 4 << 20;

  /**
   * Records are looked up one by one, which works well with many small memtables with filters.
   * Other columns are iterated over, and iteration pays for each memtable: they have fewer by this
   * factor, and those of the rows are larger by it.
   */
  private static final int WALKED_FACTOR = 4;

  /**
   * Partition size of filters and indexes of rows. A lookup of an absent element needs one
   * partition per file, which for freshly written files is not in memory yet: fewer, larger
   * partitions get there sooner.
   */
  private static final int ROW_METADATA_BLOCK_BYTES = 16 << 10;

  private final RocksSettings settings;
  private final Cache blockCache;
  private final WriteBufferManager writeBuffers;
  private final BloomFilter filter = new BloomFilter(FILTER_BITS);
  private final BloomFilter rowFilter = new BloomFilter(ROW_FILTER_BITS);
  private final UInt64AddOperator adding = new UInt64AddOperator();
  private final RocksLog log = new RocksLog();
  private final List<AutoCloseable> owned = new ArrayList<>();

  Tuning(RocksSettings settings) {
    this.settings = settings;
    // Not strict: a strict cache fails reads when iterators have pinned all of it.
    this.blockCache = new LRUCache(
        settings.blockCacheBytes(),
        cacheShardBits(settings.blockCacheBytes()),
        false,
        HIGH_PRIORITY_POOL);
    this.writeBuffers = new WriteBufferManager(settings.memtables().totalBytes(), blockCache);
    owned.add(blockCache);
    owned.add(writeBuffers);
    owned.add(filter);
    owned.add(rowFilter);
    owned.add(adding);
    owned.add(log);
  }

  Cache blockCache() {
    return blockCache;
  }

  /**
   * Returns options for opening an existing database.
   *
   * @param openFiles how many files it keeps open, -1 for all
   */
  DBOptions database(AbstractEventListener listener, int openFiles) {
    DBOptions options = new DBOptions()
        .setCreateMissingColumnFamilies(true)
        .setWriteBufferManager(writeBuffers)
        // One writer at a time submits a large batch; the concurrent path costs more than it gains
        // (measured, see docs/benchmarks).
        .setAllowConcurrentMemtableWrite(false)
        .setMaxTotalWalSize(settings.memtables().maxWalBytes())
        .setMaxBackgroundJobs(settings.background().jobs())
        .setMaxSubcompactions(settings.background().subcompactions())
        .setDelayedWriteRate(settings.background().delayedBytesPerSecond())
        .setMaxOpenFiles(openFiles)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        // Start-up must not depend on the number of files.
        .setSkipStatsUpdateOnDbOpen(true)
        .setAvoidFlushDuringRecovery(true)
        .setBytesPerSync(1 << 20)
        .setWalBytesPerSync(1 << 20)
        .setStatsDumpPeriodSec(0)
        .setListeners(List.of(listener));
    options.setLogger(log);
    long bytesPerSecond = settings.background().bytesPerSecond();
    if (bytesPerSecond > 0) {
      RateLimiter limiter = new RateLimiter(bytesPerSecond);
      owned.add(limiter);
      options.setRateLimiter(limiter);
    }
    owned.add(options);
    return options;
  }

  ColumnFamilyDescriptor family(Column column) {
    RocksSettings.Memtables memtables = settings.memtables();
    int factor = column == Column.ROW ? WALKED_FACTOR : 1;
    int divisor = column == Column.RECORD ? 1 : WALKED_FACTOR;
    ColumnFamilyOptions options = new ColumnFamilyOptions()
        .setTableFormatConfig(table(column))
        .setWriteBufferSize(memtables.bytes() * factor)
        .setMaxWriteBufferNumber(Math.max(2, memtables.perColumn() / divisor))
        .setMinWriteBufferNumberToMerge(mergedTogether(memtables.bytes() * factor, divisor))
        .setCompressionType(compression(settings.tables().compression()))
        .setCompressionPerLevel(settings.tables().compressionPerLevel().stream()
            .map(Tuning::compression)
            .toList())
        .setOptimizeFiltersForHits(!settings.tables().filtersInLastLevel());
    arrange(options, settings.levels());
    if (column == Column.META) {
      options.setMergeOperator(adding);
    }
    if (column.hasPointReads()) {
      // A lookup of an absent key right after a flush should not have to leave the memtables.
      options.setMemtablePrefixBloomSizeRatio(0.02).setMemtableWholeKeyFiltering(true);
    }
    if (column.holdsValues() && settings.blobs().enabled()) {
      separate(options, settings.blobs());
    }
    owned.add(options);
    return new ColumnFamilyDescriptor(
        column.familyName().getBytes(java.nio.charset.StandardCharsets.US_ASCII), options);
  }

  /**
   * Returns how many full memtables of {@code bytes} are merged into one file. RocksDB flushes
   * earlier when all memtables reach their bound, but that counts only active ones: without this
   * limit, full memtables waiting to be merged exceeded small budgets.
   */
  private int mergedTogether(long bytes, int divisor) {
    RocksSettings.Memtables memtables = settings.memtables();
    long withinHalf = memtables.totalBytes() / 2 / bytes;
    return (int) Math.max(1, Math.min(withinHalf, memtables.mergedTogether() / divisor));
  }

  private static int cacheShardBits(long bytes) {
    long shards = Math.max(1, bytes / MIN_CACHE_SHARD_BYTES);
    return Math.min(MAX_CACHE_SHARD_BITS, 63 - Long.numberOfLeadingZeros(shards));
  }

  private static void arrange(ColumnFamilyOptions options, RocksSettings.Levels levels) {
    options
        .setLevel0FileNumCompactionTrigger(levels.compactionTrigger())
        .setLevel0SlowdownWritesTrigger(levels.slowdownTrigger())
        .setLevel0StopWritesTrigger(levels.stopTrigger())
        .setTargetFileSizeBase(levels.targetFileBytes())
        .setMaxBytesForLevelMultiplier(levels.multiplier())
        .setLevelCompactionDynamicLevelBytes(levels.sizedByLast());
  }

  private static void separate(ColumnFamilyOptions options, RocksSettings.Blobs blobs) {
    options
        .setEnableBlobFiles(true)
        .setMinBlobSize(blobs.minValueBytes())
        .setBlobFileSize(blobs.fileBytes())
        .setBlobCompressionType(compression(blobs.compression()))
        .setEnableBlobGarbageCollection(blobs.collectGarbage());
  }

  private static CompressionType compression(String name) {
    return switch (name) {
      case "none" -> CompressionType.NO_COMPRESSION;
      case "snappy" -> CompressionType.SNAPPY_COMPRESSION;
      case "zlib" -> CompressionType.ZLIB_COMPRESSION;
      case "lz4" -> CompressionType.LZ4_COMPRESSION;
      case "zstd" -> CompressionType.ZSTD_COMPRESSION;
      default -> throw new IllegalArgumentException("no compression algorithm: " + name);
    };
  }

  private BlockBasedTableConfig table(Column column) {
    BlockBasedTableConfig table = new BlockBasedTableConfig()
        .setBlockCache(blockCache)
        .setBlockSize(settings.tables().blockBytes())
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true)
        .setPinTopLevelIndexAndFilter(true)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setFormatVersion(6);
    if (column == Column.ROW) {
      table.setMetadataBlockSize(ROW_METADATA_BLOCK_BYTES);
    }
    if (column.hasPointReads()) {
      table
          .setFilterPolicy(column == Column.ROW ? rowFilter : filter)
          .setPartitionFilters(true)
          .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
          .setDataBlockHashTableUtilRatio(0.75);
    }
    return table;
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      try {
        owned.get(i).close();
      } catch (Exception e) {
        throw new StorageException("closing RocksDB's options failed", e);
      }
    }
  }
}
