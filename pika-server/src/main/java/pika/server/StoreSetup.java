package pika.server;

import java.nio.file.Path;
import pika.server.config.AppendFsync;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.info.Version;
import pika.storage.StoreOptions;
import pika.storage.SyncPolicy;
import pika.storage.TypeLimits;
import pika.storage.key.CommitHook;
import pika.storage.packed.PackedLimits;
import pika.storage.set.SetLimits;
import pika.storage.stream.Trim;
import pika.storage.string.StringLimits;

/** Maps the configuration to the storage engine's options. */
final class StoreSetup {
  /** Bounds a block, whose entries are trimmed together and held in memory meanwhile. */
  private static final long MOST_STREAM_BLOCK_ENTRIES = 10_000;

  private static final int LEAST_LIST_BYTES = 4 << 10;
  private static final int SMALLEST_LIST_SIZE = 5;

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

  static TypeLimits typeLimits(Config config) {
    StringLimits strings = new StringLimits(
        config.get(ConfigKeys.STRING_MAX_INLINE_SIZE).intValue(),
        StringLimits.DEFAULT.chunkBytes(),
        config.get(ConfigKeys.PROTO_MAX_BULK_LEN));
    long packedBytes = config.get(ConfigKeys.COLLECTION_MAX_PACKED_SIZE);
    return new TypeLimits(
        strings,
        new PackedLimits(
            config.get(ConfigKeys.HASH_MAX_LISTPACK_ENTRIES),
            config.get(ConfigKeys.HASH_MAX_LISTPACK_VALUE),
            packedBytes),
        new SetLimits(
            new PackedLimits(
                config.get(ConfigKeys.SET_MAX_LISTPACK_ENTRIES),
                config.get(ConfigKeys.SET_MAX_LISTPACK_VALUE),
                packedBytes),
            config.get(ConfigKeys.SET_MAX_INTSET_ENTRIES)),
        new PackedLimits(
            config.get(ConfigKeys.ZSET_MAX_LISTPACK_ENTRIES),
            config.get(ConfigKeys.ZSET_MAX_LISTPACK_VALUE),
            packedBytes),
        listLimits(config.get(ConfigKeys.LIST_MAX_LISTPACK_SIZE), packedBytes),
        config.get(ConfigKeys.HLL_SPARSE_MAX_BYTES),
        streamBlock(config.get(ConfigKeys.STREAM_NODE_MAX_ENTRIES)));
  }

  /** Returns the block size; 0 means the default. */
  private static int streamBlock(long entries) {
    return entries == 0 ? Trim.BLOCK_ENTRIES : (int) Math.min(entries, MOST_STREAM_BLOCK_ENTRIES);
  }

  /**
   * Returns the limits for lists.
   *
   * @param size a number of elements, or a size from -1 to -5: 4, 8, 16, 32, 64 KB
   */
  private static PackedLimits listLimits(int size, long packedBytes) {
    if (size >= 0) {
      return new PackedLimits(Math.max(1, size), Long.MAX_VALUE, packedBytes);
    }
    int doublings = Math.min(-size, SMALLEST_LIST_SIZE) - 1;
    long bytes = (long) LEAST_LIST_BYTES << doublings;
    return new PackedLimits(Long.MAX_VALUE, Long.MAX_VALUE, Math.min(packedBytes, bytes));
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
