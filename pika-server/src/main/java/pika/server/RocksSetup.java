package pika.server;

import java.util.Locale;
import pika.server.config.Compression;
import pika.server.config.Config;
import pika.server.config.RocksKeys;
import pika.server.info.OpenFiles;
import pika.storage.rocks.RocksSettings;

/** Maps the configuration to RocksDB's settings. */
final class RocksSetup {
  private static final int MIN_AUTOMATIC_JOBS = 2;
  private static final int MAX_AUTOMATIC_JOBS = 8;

  private RocksSetup() {}

  static RocksSettings settings(Config config, MemoryBudget budget) {
    long cache = budget.blockCacheBytes();
    return new RocksSettings(
        cache,
        new RocksSettings.Memtables(
            config.get(RocksKeys.WRITE_BUFFER_SIZE),
            config.get(RocksKeys.MAX_WRITE_BUFFER_NUM),
            config.get(RocksKeys.MIN_WRITE_BUFFER_NUMBER_TO_MERGE),
            RocksSettings.memtableShare(cache),
            config.get(RocksKeys.MAX_TOTAL_WAL_SIZE)),
        new RocksSettings.Background(
            jobs(config),
            config.get(RocksKeys.MAX_SUBCOMPACTIONS),
            config.get(RocksKeys.RATE_LIMITER_BANDWIDTH),
            config.get(RocksKeys.DELAYED_WRITE_RATE)),
        levels(config),
        tables(config),
        blobs(config));
  }

  private static int jobs(Config config) {
    int configured = config.get(RocksKeys.MAX_BACKGROUND_JOBS);
    int processors = Runtime.getRuntime().availableProcessors();
    int automatic = Math.min(MAX_AUTOMATIC_JOBS, Math.max(MIN_AUTOMATIC_JOBS, processors));
    return configured > 0 ? configured : automatic;
  }

  private static RocksSettings.Levels levels(Config config) {
    return new RocksSettings.Levels(
        config.get(RocksKeys.LEVEL0_FILE_NUM_COMPACTION_TRIGGER),
        config.get(RocksKeys.LEVEL0_SLOWDOWN_WRITES_TRIGGER),
        config.get(RocksKeys.LEVEL0_STOP_WRITES_TRIGGER),
        config.get(RocksKeys.TARGET_FILE_SIZE_BASE),
        config.get(RocksKeys.MAX_BYTES_FOR_LEVEL_MULTIPLIER),
        config.get(RocksKeys.LEVEL_COMPACTION_DYNAMIC_LEVEL_BYTES));
  }

  private static RocksSettings.Tables tables(Config config) {
    return new RocksSettings.Tables(
        name(config.get(RocksKeys.COMPRESSION)),
        config.get(RocksKeys.COMPRESSION_PER_LEVEL).stream()
            .map(RocksSetup::name)
            .toList(),
        config.get(RocksKeys.BLOCK_SIZE),
        !config.get(RocksKeys.OPTIMIZE_FILTERS_FOR_HITS),
        config.get(RocksKeys.MAX_CACHE_FILES),
        OpenFiles.roomForTables(config));
  }

  private static RocksSettings.Blobs blobs(Config config) {
    return new RocksSettings.Blobs(
        config.get(RocksKeys.ENABLE_BLOB_FILES),
        config.get(RocksKeys.MIN_BLOB_SIZE),
        config.get(RocksKeys.BLOB_FILE_SIZE),
        name(config.get(RocksKeys.BLOB_COMPRESSION_TYPE)),
        config.get(RocksKeys.ENABLE_BLOB_GARBAGE_COLLECTION));
  }

  private static String name(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }
}
