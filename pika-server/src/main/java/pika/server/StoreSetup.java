package pika.server;

import java.nio.file.Path;
import pika.server.config.AppendFsync;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.info.Version;
import pika.storage.StoreOptions;
import pika.storage.SyncPolicy;
import pika.storage.key.CommitHook;
import pika.storage.string.StringLimits;

/** The storage engine's options as the configuration says them. */
final class StoreSetup {
  private StoreSetup() {}

  static StoreOptions options(Config config, MemoryBudget budget, CommitHook hook) {
    return new StoreOptions(
        Path.of(config.get(ConfigKeys.DIR)),
        config.get(ConfigKeys.DATABASES),
        config.get(ConfigKeys.CLUSTER_ENABLED),
        "pika " + Version.PIKA,
        budget.recordCacheBytes(),
        RocksSetup.settings(config, budget),
        sync(config),
        hook,
        System::currentTimeMillis);
  }

  static StringLimits stringLimits(Config config) {
    return new StringLimits(
        config.get(ConfigKeys.STRING_MAX_INLINE_SIZE).intValue(),
        StringLimits.DEFAULT.chunkBytes(),
        config.get(ConfigKeys.PROTO_MAX_BULK_LEN));
  }

  static SyncPolicy sync(Config config) {
    AppendFsync configured = config.get(ConfigKeys.APPENDFSYNC);
    return switch (configured) {
      case ALWAYS -> SyncPolicy.ALWAYS;
      case EVERYSEC -> SyncPolicy.EVERY_SECOND;
      case NO -> SyncPolicy.NO;
    };
  }
}
