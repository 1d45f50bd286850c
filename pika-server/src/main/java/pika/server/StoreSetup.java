package pika.server;

import java.nio.file.Path;
import java.util.Locale;
import pika.server.config.AppendFsync;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.config.RocksKeys;
import pika.server.info.Version;
import pika.storage.StoreOptions;
import pika.storage.SyncPolicy;
import pika.storage.key.CommitHook;
import pika.storage.rocks.RocksSettings;

/** The storage engine's options as the configuration says them. */
final class StoreSetup {
  private static final int MAX_AUTOMATIC_JOBS = 8;

  private StoreSetup() {}

  static StoreOptions options(Config config, MemoryBudget budget, CommitHook hook) {
    return new StoreOptions(
        Path.of(config.get(ConfigKeys.DIR)),
        config.get(ConfigKeys.DATABASES),
        config.get(ConfigKeys.CLUSTER_ENABLED),
        "pika " + Version.PIKA,
        budget.recordCacheBytes(),
        rocks(config, budget),
        sync(config),
        hook,
        System::currentTimeMillis);
  }

  static SyncPolicy sync(Config config) {
    AppendFsync configured = config.get(ConfigKeys.APPENDFSYNC);
    return switch (configured) {
      case ALWAYS -> SyncPolicy.ALWAYS;
      case EVERYSEC -> SyncPolicy.EVERY_SECOND;
      case NO -> SyncPolicy.NO;
    };
  }

  private static RocksSettings rocks(Config config, MemoryBudget budget) {
    long configuredCache = config.get(RocksKeys.BLOCK_CACHE);
    long cache = configuredCache > 0 ? configuredCache : budget.blockCacheBytes();
    int configuredJobs = config.get(RocksKeys.MAX_BACKGROUND_JOBS);
    int jobs =
        Math.min(MAX_AUTOMATIC_JOBS, Math.max(2, Runtime.getRuntime().availableProcessors()));
    return new RocksSettings(
        cache,
        config.get(RocksKeys.WRITE_BUFFER_SIZE),
        config.get(RocksKeys.MAX_WRITE_BUFFER_NUM),
        RocksSettings.memtableShare(cache),
        config.get(RocksKeys.MAX_TOTAL_WAL_SIZE),
        configuredJobs > 0 ? configuredJobs : jobs,
        config.get(RocksKeys.COMPRESSION).name().toLowerCase(Locale.ROOT),
        config.get(RocksKeys.BLOCK_SIZE),
        config.get(RocksKeys.TARGET_FILE_SIZE_BASE),
        config.get(RocksKeys.MAX_BYTES_FOR_LEVEL_MULTIPLIER),
        config.get(RocksKeys.LEVEL0_FILE_NUM_COMPACTION_TRIGGER),
        config.get(RocksKeys.LEVEL0_SLOWDOWN_WRITES_TRIGGER),
        config.get(RocksKeys.LEVEL0_STOP_WRITES_TRIGGER),
        config.get(RocksKeys.ENABLE_BLOB_FILES),
        config.get(RocksKeys.MIN_BLOB_SIZE),
        config.get(RocksKeys.MAX_CACHE_FILES),
        config.get(RocksKeys.RATE_LIMITER_BANDWIDTH));
  }
}
