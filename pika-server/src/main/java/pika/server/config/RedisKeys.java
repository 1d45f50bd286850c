package pika.server.config;

import static pika.server.config.NumberTypes.integer;
import static pika.server.config.NumberTypes.memory;
import static pika.server.config.NumberTypes.memoryOrPercent;
import static pika.server.config.NumberTypes.number;
import static pika.server.config.WordTypes.oneOf;
import static pika.server.config.WordTypes.text;
import static pika.server.config.WordTypes.yesNo;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of Redis 7 about data and memory that have no effect here. Tools, client libraries and
 * test suites read and set them, so they are validated, stored and shown exactly as in Redis. A row
 * moves to {@link ConfigKeys} when it takes effect.
 */
final class RedisKeys {
  private static final int MAX_INT = Integer.MAX_VALUE;
  private static final long MAX_LONG = Long.MAX_VALUE;

  private RedisKeys() {}

  static List<ConfigKey<?>> rows() {
    return Stream.of(files(), eviction(), memoryUpkeep(), deletion(), encodings(), scripts())
        .flatMap(group -> group.keys().stream())
        .toList();
  }

  private static KeyGroup files() {
    KeyGroup rows = KeyGroup.withoutEffect("data is stored in RocksDB, not in RDB or AOF files");
    rows.live("save", SavePoints.TYPE, "");
    rows.live("appendonly", yesNo(), "no");
    rows.immutable("appendfilename", text(), "appendonly.aof");
    rows.immutable("appenddirname", text(), "appendonlydir");
    rows.live("no-appendfsync-on-rewrite", yesNo(), "no");
    rows.live("auto-aof-rewrite-percentage", integer(0, MAX_INT), "100");
    rows.live("auto-aof-rewrite-min-size", memory(0, MAX_LONG), "64mb");
    rows.live("aof-load-truncated", yesNo(), "yes");
    rows.live("aof-use-rdb-preamble", yesNo(), "yes");
    rows.live("aof-timestamp-enabled", yesNo(), "no");
    rows.live("aof-rewrite-incremental-fsync", yesNo(), "yes");
    rows.live("aof-disable-auto-gc", yesNo(), "no");
    rows.fixed("dbfilename", text(), "dump.rdb");
    rows.live("rdbcompression", yesNo(), "yes");
    rows.immutable("rdbchecksum", yesNo(), "yes");
    rows.live("rdb-del-sync-files", yesNo(), "no");
    rows.live("rdb-save-incremental-fsync", yesNo(), "yes");
    rows.live("sanitize-dump-payload", oneOf("no", "yes", "clients"), "no");
    rows.live("stop-writes-on-bgsave-error", yesNo(), "yes");
    rows.hidden("rdb-key-save-delay", integer(-MAX_INT - 1, MAX_INT), "0");
    rows.hidden("key-load-delay", integer(-MAX_INT - 1, MAX_INT), "0");
    rows.hidden("loading-process-events-interval-bytes", memory(1024, MAX_INT), "2mb");
    return rows;
  }

  private static KeyGroup eviction() {
    KeyGroup rows = KeyGroup.withoutEffect("keys are never evicted, because data is stored on disk;"
        + " max-memory-budget limits memory");
    rows.live("maxmemory", memory(0, MAX_LONG), "0");
    rows.live(
        "maxmemory-policy",
        oneOf(
            "volatile-lru",
            "volatile-lfu",
            "volatile-random",
            "volatile-ttl",
            "allkeys-lru",
            "allkeys-lfu",
            "allkeys-random",
            "noeviction"),
        "noeviction");
    rows.live("maxmemory-samples", integer(1, MAX_INT), "5");
    rows.live("maxmemory-eviction-tenacity", integer(0, 100), "10");
    rows.live("maxmemory-clients", memoryOrPercent(), "0");
    rows.live("lfu-log-factor", integer(0, MAX_INT), "10");
    rows.live("lfu-decay-time", integer(0, MAX_INT), "1");
    return rows;
  }

  private static KeyGroup memoryUpkeep() {
    KeyGroup rows =
        KeyGroup.withoutEffect("this server does not use Redis' timer, hash tables and allocator");
    rows.live("hz", integer(0, MAX_INT), "10");
    rows.live("dynamic-hz", yesNo(), "yes");
    rows.live("activerehashing", yesNo(), "yes");
    rows.live("activedefrag", yesNo(), "no");
    rows.live("active-defrag-cycle-min", integer(1, 99), "1");
    rows.live("active-defrag-cycle-max", integer(1, 99), "25");
    rows.live("active-defrag-threshold-lower", integer(0, 1000), "10");
    rows.live("active-defrag-threshold-upper", integer(0, 1000), "100");
    rows.live("active-defrag-ignore-bytes", memory(1, MAX_LONG), "100mb");
    rows.live("active-defrag-max-scan-fields", number(1, MAX_LONG), "1000");
    rows.live("jemalloc-bg-thread", yesNo(), "yes");
    rows.immutable("disable-thp", yesNo(), "yes");
    return rows;
  }

  private static KeyGroup deletion() {
    KeyGroup rows =
        KeyGroup.withoutEffect("the space of deleted keys is always reclaimed in the background");
    rows.live("lazyfree-lazy-eviction", yesNo(), "no");
    rows.live("lazyfree-lazy-expire", yesNo(), "no");
    rows.live("lazyfree-lazy-server-del", yesNo(), "no");
    rows.live("lazyfree-lazy-user-del", yesNo(), "no");
    rows.live("lazyfree-lazy-user-flush", yesNo(), "no");
    return rows;
  }

  private static KeyGroup encodings() {
    KeyGroup rows = KeyGroup.withoutEffect(
        "RocksDB controls how list and stream data is compressed and packed");
    rows.live("list-compress-depth", integer(0, MAX_INT), "0");
    rows.live("stream-node-max-bytes", memory(0, MAX_LONG), "4096");
    return rows;
  }

  private static KeyGroup scripts() {
    KeyGroup rows =
        KeyGroup.withoutEffect("modules and deprecated Lua functions are not supported");
    rows.immutable("enable-module-command", oneOf("no", "yes", "local"), "no");
    rows.hidden("lua-enable-deprecated-api", yesNo(), "no");
    return rows;
  }
}
