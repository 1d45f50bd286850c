package pika.storage.rocks;

import java.util.List;

/**
 * How RocksDB is set up, by subject. Sizes are in bytes; compression algorithms have RocksDB's
 * names: none, snappy, lz4, zstd, zlib.
 *
 * @param blockCacheBytes block cache; index and filter blocks live in it, memtables are charged to
 *     it
 * @param memtables what is written before it becomes a file
 * @param background flushes and compactions
 * @param levels how files are arranged
 * @param tables what is in a table file
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
   * Memtables and the log that brings them back after a crash.
   *
   * @param bytes size of one of the records' memtables; those of rows are four times as large.
   *     Insertion is a walk through cache misses: a memtable that fits the processor's cache is twice
   *     as fast as a large one
   * @param perColumn how many the column of records may hold before writers wait for flushes; the
   *     others a quarter
   * @param mergedTogether how many full ones of the records are made into one file; of the others a
   *     quarter
   * @param totalBytes bound over all column families
   * @param maxWalBytes the write-ahead log is cut by flushing the oldest memtables when it exceeds
   *     this
   */
  public record Memtables(
      long bytes, int perColumn, int mergedTogether, long totalBytes, long maxWalBytes) {}

  /**
   * Work behind the writers' backs.
   *
   * @param jobs threads for flushes and compactions together
   * @param subcompactions parts of one compaction that may run at once
   * @param bytesPerSecond limit of what they write, 0 for none
   * @param delayedBytesPerSecond what writers may write while compaction catches up, 0 for
   *     RocksDB's own choice
   */
  public record Background(
      int jobs, int subcompactions, long bytesPerSecond, long delayedBytesPerSecond) {}

  /**
   * Files from the youngest level down.
   *
   * @param compactionTrigger table files in level 0 that start a compaction
   * @param slowdownTrigger table files in level 0 that slow writers down
   * @param stopTrigger table files in level 0 that stop writers
   * @param targetFileBytes size of a table file of the first level
   * @param multiplier how much larger each level is than the one above
   * @param sizedByLast whether the last level's size decides those of the others, or the first
   *     one's
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
   * @param maxOpen files held open, -1 for all
   */
  public record Tables(
      String compression,
      List<String> compressionPerLevel,
      long blockBytes,
      boolean filtersInLastLevel,
      int maxOpen) {}

  /**
   * Blob files.
   *
   * @param enabled whether large values go there
   * @param minValueBytes values from this size on are large
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

  /** Settings that suit a block cache of the given size on a small machine. */
  public static RocksSettings withBlockCache(long blockCacheBytes) {
    return new RocksSettings(
        blockCacheBytes,
        new Memtables(2 * MIB, 48, 20, memtableShare(blockCacheBytes), 256 * MIB),
        new Background(2, 1, 0, 0),
        new Levels(4, 20, 36, 64 * MIB, 10, true),
        new Tables("lz4", List.of(), 8 << 10, true, -1),
        new Blobs(true, 4 << 10, 256 * MIB, "lz4", true));
  }

  /** How much of a block cache all memtables together may take. */
  public static long memtableShare(long blockCacheBytes) {
    return Math.max(24 * MIB, blockCacheBytes / 2);
  }
}
