package pika.server.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.server.config.ConfigKey.Effect;

/**
 * Settings of a redis.conf or pika.conf that do not exist here. Those that only tune something this
 * server lacks are ignored with a warning; those that protect or promise something are refused,
 * because continuing without them would break the promise.
 */
final class ForeignKeys {
  /** Effect is NONE or REFUSED. */
  record Row(Effect effect, String reason) {}

  private static final Map<String, Row> ROWS = new HashMap<>();

  static {
    refused("modules are not supported", "loadmodule");
    refused("replication is not supported yet", "double-master-ip");
    ignored(
        "there is no binlog, RocksDB's write-ahead log takes its place",
        "write-binlog",
        "binlog-file-size",
        "binlog-writer-num",
        "expire-logs-days",
        "expire-logs-nums",
        "identify-binlog-type");
    ignored(
        "replication is not supported yet",
        "server-id",
        "run-id",
        "replication-id",
        "master-run-id",
        "replication-num",
        "consensus-level",
        "sync-thread-num",
        "sync-binlog-thread-num",
        "sync-window-size",
        "sync-buffer-size",
        "double-master-port",
        "double-master-server-id",
        "db-sync-path",
        "db-sync-speed",
        "throttle-bytes-per-second",
        "rsync-timeout-ms",
        "max-rsync-parallel-num",
        "internal-used-unfinished-full-sync");
    ignored(
        "Codis slots are not supported",
        "default-slot-num",
        "slotmigrate",
        "slotmigrate-thread-num",
        "thread-migrate-keys-num");
    ignored(
        "the record cache is sized by max-memory-budget",
        "cache-model",
        "cache-type",
        "cache-num",
        "cache-maxmemory",
        "cache-maxmemory-policy",
        "cache-maxmemory-samples",
        "cache-lfu-decay-time",
        "zset-cache-field-num-per-key",
        "zset-cache-start-direction",
        "max-key-size-in-cache",
        "rtc-cache-read");
    ignored(
        "RocksDB has one shared cache, sized by block-cache and max-memory-budget",
        "share-block-cache",
        "num-shard-bits",
        "cache-index-and-filter-blocks",
        "pin_l0_filter_and_index_blocks_in_cache",
        "enable-partitioned-index-filters",
        "blob-cache",
        "blob-num-shard-bits",
        "max-write-buffer-size",
        "arena-block-size");
    ignored(
        "compaction runs automatically; the COMPACT command starts one manually",
        "compact-cron",
        "compact-interval",
        "disable_auto_compactions",
        "max-cache-statistic-keys",
        "small-compaction-threshold",
        "small-compaction-duration-threshold",
        "rocksdb-ttl-second",
        "rocksdb-periodic-second",
        "compaction-strategy",
        "compact-every-num-of-files",
        "force-compact-file-age-seconds",
        "force-compact-min-delete-ratio",
        "dont-compact-sst-created-in-seconds",
        "best-delete-min-ratio",
        "obd-compact-interval",
        "progressive-compact-interval",
        "progressive-compact-max-files",
        "progressive-compact-max-time-ms",
        "progressive-compact-min-rate",
        "progressive-compact-min-file-age");
    ignored(
        "use max-background-jobs, which covers flushes and compactions",
        "max-background-flushes",
        "max-background-compactions");
    ignored(
        "RocksDB's default is used",
        "max-compaction-bytes",
        "rate-limiter-mode",
        "rate-limiter-refill-period-us",
        "rate-limiter-fairness",
        "rate-limiter-auto-tuned",
        "blob-garbage-collection-age-cutoff",
        "blob_garbage_collection_force_threshold",
        "enable-db-statistics",
        "db-statistics-level");
    ignored(
        "writes resume automatically when disk space is free again",
        "min-check-resume-ratio",
        "manually-resume-interval");
    ignored(
        "all databases share one RocksDB instance",
        "instance-mode",
        "db-instance-num",
        "wash-data");
    ignored("use bind instead", "network-interface");
    ignored(
        "administration commands run in the same thread pools as all others",
        "admin-thread-pool-size",
        "admin-cmd-list");
    ignored("no connections are reserved for administrators", "root-connection-num");
    ignored(
        "slow commands always run in their own thread pool, see slow-cmd-thread-pool-size",
        "slow-cmd-pool");
    ignored("use client-output-buffer-limit instead", "max-client-response-size");
    ignored(
        "the log is written to logfile, or to standard output if logfile is empty",
        "log-path",
        "log-retention-time",
        "log-net-activities",
        "slowlog-write-errorlog");
    ignored("snapshots are named after the local time", "dump-prefix");
    ignored("snapshots are never deleted automatically", "dump-expire");
  }

  private ForeignKeys() {}

  static @Nullable Row find(String name) {
    return ROWS.get(name.toLowerCase(Locale.ROOT));
  }

  private static void ignored(String reason, String... names) {
    add(new Row(Effect.NONE, reason), names);
  }

  private static void refused(String reason, String... names) {
    add(new Row(Effect.REFUSED, reason), names);
  }

  private static void add(Row row, String... names) {
    for (String name : names) {
      ROWS.put(name, row);
    }
  }
}
