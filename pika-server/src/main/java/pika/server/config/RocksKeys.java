package pika.server.config;

import static pika.server.config.ListTypes.colonSeparated;
import static pika.server.config.NumberTypes.integer;
import static pika.server.config.NumberTypes.memory;
import static pika.server.config.WordTypes.oneOf;
import static pika.server.config.WordTypes.yesNo;

import java.util.List;

/** RocksDB's settings, under the names that Pika's users know. See {@link ConfigKeys}. */
public final class RocksKeys {
  static final KeyGroup ROWS = KeyGroup.effective();

  private static final int MAX_INT = Integer.MAX_VALUE;
  private static final long MAX_LONG = Long.MAX_VALUE;
  private static final int KB = 1 << 10;
  private static final int MB = 1 << 20;

  // Memtables and write-ahead log.

  public static final ConfigKey<Long> WRITE_BUFFER_SIZE =
      ROWS.fixed("write-buffer-size", memory(64 * KB, MAX_LONG), "2mb");

  public static final ConfigKey<Integer> MAX_WRITE_BUFFER_NUM =
      ROWS.fixed("max-write-buffer-num", integer(2, 1024), "48", "max-write-buffer-number");

  public static final ConfigKey<Integer> MIN_WRITE_BUFFER_NUMBER_TO_MERGE =
      ROWS.fixed("min-write-buffer-number-to-merge", integer(1, 1024), "20");

  public static final ConfigKey<Long> MAX_TOTAL_WAL_SIZE =
      ROWS.fixed("max-total-wal-size", memory(0, MAX_LONG), "256mb");

  // Background work.

  public static final ConfigKey<Integer> MAX_BACKGROUND_JOBS =
      ROWS.fixed("max-background-jobs", integer(0, 256), "0");

  public static final ConfigKey<Integer> MAX_SUBCOMPACTIONS =
      ROWS.fixed("max-subcompactions", integer(1, 256), "1");

  /** Bytes per second; 0 is unlimited. */
  public static final ConfigKey<Long> RATE_LIMITER_BANDWIDTH =
      ROWS.fixed("rate-limiter-bandwidth", memory(0, MAX_LONG), "0");

  /** Bytes per second; 0 is RocksDB's default. */
  public static final ConfigKey<Long> DELAYED_WRITE_RATE =
      ROWS.fixed("delayed-write-rate", memory(0, MAX_LONG), "0");

  // Levels.

  public static final ConfigKey<Integer> LEVEL0_FILE_NUM_COMPACTION_TRIGGER =
      ROWS.fixed("level0-file-num-compaction-trigger", integer(1, MAX_INT), "4");

  public static final ConfigKey<Integer> LEVEL0_SLOWDOWN_WRITES_TRIGGER =
      ROWS.fixed("level0-slowdown-writes-trigger", integer(1, MAX_INT), "20");

  public static final ConfigKey<Integer> LEVEL0_STOP_WRITES_TRIGGER =
      ROWS.fixed("level0-stop-writes-trigger", integer(1, MAX_INT), "36");

  public static final ConfigKey<Long> TARGET_FILE_SIZE_BASE =
      ROWS.fixed("target-file-size-base", memory(MB, MAX_LONG), "64mb");

  public static final ConfigKey<Integer> MAX_BYTES_FOR_LEVEL_MULTIPLIER =
      ROWS.fixed("max-bytes-for-level-multiplier", integer(2, 1000), "10");

  public static final ConfigKey<Boolean> LEVEL_COMPACTION_DYNAMIC_LEVEL_BYTES =
      ROWS.fixed("level-compaction-dynamic-level-bytes", yesNo(), "yes");

  // Tables.

  public static final ConfigKey<Compression> COMPRESSION =
      ROWS.fixed("compression", oneOf(Compression.class), "lz4");

  /** From level 0 down, the last one for all that follow; if empty, COMPRESSION applies. */
  public static final ConfigKey<List<Compression>> COMPRESSION_PER_LEVEL =
      ROWS.fixed("compression_per_level", colonSeparated(oneOf(Compression.class)), "");

  public static final ConfigKey<Long> BLOCK_SIZE =
      ROWS.fixed("block-size", memory(KB, 64 * MB), "8kb");

  /** Bytes; 0 means its share of the memory budget. */
  public static final ConfigKey<Long> BLOCK_CACHE =
      ROWS.fixed("block-cache", memory(0, MAX_LONG), "0");

  public static final ConfigKey<Boolean> OPTIMIZE_FILTERS_FOR_HITS =
      ROWS.fixed("optimize-filters-for-hits", yesNo(), "no");

  /** Open files; -1 means all. */
  public static final ConfigKey<Integer> MAX_CACHE_FILES =
      ROWS.fixed("max-cache-files", integer(-1, MAX_INT), "-1");

  // Blob files.

  public static final ConfigKey<Boolean> ENABLE_BLOB_FILES =
      ROWS.fixed("enable-blob-files", yesNo(), "yes");

  public static final ConfigKey<Long> MIN_BLOB_SIZE =
      ROWS.fixed("min-blob-size", memory(0, MAX_LONG), "4kb");

  public static final ConfigKey<Long> BLOB_FILE_SIZE =
      ROWS.fixed("blob-file-size", memory(MB, MAX_LONG), "256mb");

  public static final ConfigKey<Compression> BLOB_COMPRESSION_TYPE =
      ROWS.fixed("blob-compression-type", oneOf(Compression.class), "lz4");

  public static final ConfigKey<Boolean> ENABLE_BLOB_GARBAGE_COLLECTION =
      ROWS.fixed("enable-blob-garbage-collection", yesNo(), "yes");

  private RocksKeys() {}
}
