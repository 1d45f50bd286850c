package pika.storage.rocks;

import java.util.List;

/**
 * RocksDB's configuration, by subject. Sizes are in bytes; compression algorithms have RocksDB's
 * names: none, snappy, lz4, zstd, zlib.
 *
 * @param blockCacheBytes block cache; it also holds index and filter blocks and is charged for
 *     memtables
 * @param memtables write buffers and the write-ahead log
 * @param background flushes and compactions
 * @param levels how files are arranged
 * @param tables table files
 * @param blobs large values in files of their own
 */
public record RocksSettings(
    long blockCacheBytes,
    Memtables memtables,
    Background background,
    Levels levels,
    Tables tables,
    Blobs blobs) {

  private static final long MIB = 1L << 20;

  /**
   * Memtables, and the write-ahead log that restores them after a crash.
   *
   * @param bytes size of a memtable; those of the rows are four times as large. Insertion is a
   *     chain of cache misses: a memtable that fits the processor's cache is twice as fast as a
   *     large one
   * @param perColumn how many memtables the column of records may hold before writers wait for
   *     flushes; other columns a quarter
   * @param mergedTogether how many full memtables of the records are merged into one file; of other
   *     columns a quarter
   * @param totalBytes bound of all memtables together
   * @param maxWalBytes when the write-ahead log exceeds this, the oldest memtables are flushed so
   *     that it can be truncated
   */
  public record Memtables(
      long bytes, int perColumn, int mergedTogether, long totalBytes, long maxWalBytes) {}

  /**
   * Background work.
   *
   * @param jobs threads for flushes and compactions together
   * @param subcompactions parts of one compaction that may run in parallel
   * @param bytesPerSecond rate limit of what they write, 0 for none
   * @param delayedBytesPerSecond rate limit of writers while compaction catches up, 0 for RocksDB's
   *     default
   */
  public record Background(
      int jobs, int subcompactions, long bytesPerSecond, long delayedBytesPerSecond) {}

  /**
   * The LSM tree.
   *
   * @param compactionTrigger level 0 files that start a compaction
   * @param slowdownTrigger level 0 files that slow writers down
   * @param stopTrigger level 0 files that stop writers
   * @param targetFileBytes size of a table file of the first level
   * @param multiplier how much larger each level is than the one above
   * @param sizedByLast whether level sizes derive from the last level
   *     ({@code level_compaction_dynamic_level_bytes}), not the first
   */
  public record Levels(
      int compactionTrigger,
      int slowdownTrigger,
      int stopTrigger,
      long targetFileBytes,
      double multiplier,
      boolean sizedByLast) {}

  /**
   * Table files.
   *
   * @param compression algorithm of all levels that {@code compressionPerLevel} doesn't name
   * @param compressionPerLevel algorithms from level 0 down, the last one for all that follow; may
   *     be empty
   * @param blockBytes size of a data block before compression
   * @param filtersInLastLevel whether the last level has filters too, for lookups of keys that
   *     don't exist
   * @param maxOpen files held open, -1 for all, as long as there is room
   * @param roomForOpen files that may be open without exceeding what the process is allowed
   */
  public record Tables(
      String compression,
      List<String> compressionPerLevel,
      long blockBytes,
      boolean filtersInLastLevel,
      int maxOpen,
      int roomForOpen) {}

  /**
   * Blob files.
   *
   * @param enabled whether large values are stored in blob files
   * @param minValueBytes values of this size and up are large
   * @param fileBytes size of a file
   * @param compression algorithm
   * @param collectGarbage whether compactions rewrite files that have become mostly garbage
   */
  public record Blobs(
      boolean enabled,
      long minValueBytes,
      long fileBytes,
      String compression,
      boolean collectGarbage) {}

  /** Returns settings that suit a block cache of the given size on a small machine. */
  public static RocksSettings withBlockCache(long blockCacheBytes) {
    return new RocksSettings(
        blockCacheBytes,
        new Memtables(2 * MIB, 48, 20, memtableShare(blockCacheBytes), 256 * MIB),
        new Background(2, 1, 0, 0),
        new Levels(4, 20, 36, 64 * MIB, 10, true),
        new Tables("lz4", List.of(), 8 << 10, true, -1, Integer.MAX_VALUE),
        new Blobs(true, 4 << 10, 256 * MIB, "lz4", true));
  }

  /** Returns how much of a block cache all memtables together may take. */
  public static long memtableShare(long blockCacheBytes) {
    return Math.max(24 * MIB, blockCacheBytes / 2);
  }
}
