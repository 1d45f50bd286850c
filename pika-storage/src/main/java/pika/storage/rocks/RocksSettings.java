package pika.storage.rocks;

/**
 * How RocksDB is set up. Sizes are in bytes.
 *
 * @param blockCacheBytes block cache; index and filter blocks live in it, memtables are charged to it
 * @param memtableBytes size of one memtable. Insertion is a walk through cache misses: a memtable that fits the
 *     processor's cache is twice as fast as a large one
 * @param memtables how many memtables a column family may hold before writers wait for flushes
 * @param totalMemtableBytes bound over all column families
 * @param maxWalBytes the write-ahead log is cut by flushing the oldest memtables when it exceeds this
 * @param backgroundJobs threads for flushes and compactions together
 * @param compression algorithm by RocksDB's name: none, snappy, lz4, zstd, zlib
 * @param blockBytes size of a data block before compression
 * @param targetFileBytes size of a table file of the first level
 * @param levelMultiplier how much larger each level is than the one above
 * @param level0CompactionTrigger table files in level 0 that start a compaction
 * @param level0SlowdownTrigger table files in level 0 that slow writers down
 * @param level0StopTrigger table files in level 0 that stop writers
 * @param blobFiles whether large values go to blob files
 * @param minBlobBytes values from this size on go to blob files
 * @param maxOpenFiles table files held open, -1 for all
 * @param bytesPerSecond limit of flush and compaction writes, 0 for none
 */
public record RocksSettings(
    long blockCacheBytes,
    long memtableBytes,
    int memtables,
    long totalMemtableBytes,
    long maxWalBytes,
    int backgroundJobs,
    String compression,
    long blockBytes,
    long targetFileBytes,
    double levelMultiplier,
    int level0CompactionTrigger,
    int level0SlowdownTrigger,
    int level0StopTrigger,
    boolean blobFiles,
    long minBlobBytes,
    int maxOpenFiles,
    long bytesPerSecond) {

  private static final long MIB = 1L << 20;

  /** Settings that suit a block cache of the given size on a small machine. */
  public static RocksSettings withBlockCache(long blockCacheBytes) {
    return new RocksSettings(
        blockCacheBytes,
        16 * MIB,
        4,
        memtableShare(blockCacheBytes),
        512 * MIB,
        2,
        "lz4",
        8 << 10,
        64 * MIB,
        10,
        4,
        20,
        36,
        true,
        4 << 10,
        -1,
        0);
  }

  /** How much of a block cache all memtables together may take. */
  public static long memtableShare(long blockCacheBytes) {
    return Math.max(24 * MIB, blockCacheBytes / 2);
  }
}
