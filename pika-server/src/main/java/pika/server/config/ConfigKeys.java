package pika.server.config;

import static pika.server.config.ListTypes.commaSeparated;
import static pika.server.config.ListTypes.percentiles;
import static pika.server.config.ListTypes.words;
import static pika.server.config.NumberTypes.duration;
import static pika.server.config.NumberTypes.fileMode;
import static pika.server.config.NumberTypes.integer;
import static pika.server.config.NumberTypes.memory;
import static pika.server.config.NumberTypes.number;
import static pika.server.config.WordTypes.oneOf;
import static pika.server.config.WordTypes.path;
import static pika.server.config.WordTypes.pathIfAny;
import static pika.server.config.WordTypes.text;
import static pika.server.config.WordTypes.yesNo;

import java.util.List;
import java.util.Map;

/**
 * The settings of the server, one row each: name, type with its bounds, default as one would write
 * it, aliases. {@code fixed} rows change by a restart, {@code live} rows by CONFIG SET too.
 * RocksDB's settings are in {@link RocksKeys}. Their meaning is documented in
 * {@code conf/pika.conf}, which a test compares with this table: a new row needs a paragraph there.
 */
public final class ConfigKeys {
  static final KeyGroup ROWS = KeyGroup.effective();

  private static final int MAX_INT = Integer.MAX_VALUE;
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;
  private static final long MAX_LONG = Long.MAX_VALUE;
  private static final long MB = 1 << 20;

  // Network.

  public static final ConfigKey<Integer> PORT = ROWS.fixed("port", integer(0, 65535), "9221");

  public static final ConfigKey<List<String>> BIND = ROWS.fixed("bind", words(), "127.0.0.1 -::1");

  public static final ConfigKey<String> UNIXSOCKET = ROWS.immutable("unixsocket", pathIfAny(), "");

  /** A file mode; 0 leaves it to the umask. */
  public static final ConfigKey<Integer> UNIXSOCKETPERM =
      ROWS.immutable("unixsocketperm", fileMode(), "0");

  public static final ConfigKey<Boolean> PROTECTED_MODE =
      ROWS.live("protected-mode", yesNo(), "yes");

  public static final ConfigKey<Integer> TCP_BACKLOG =
      ROWS.immutable("tcp-backlog", integer(0, MAX_INT), "511");

  /** Seconds; 0 is off. */
  public static final ConfigKey<Long> TCP_KEEPALIVE =
      ROWS.live("tcp-keepalive", duration("s", 0, MAX_INT), "300");

  /** Seconds; 0 is never. */
  public static final ConfigKey<Long> TIMEOUT =
      ROWS.live("timeout", duration("s", 0, MAX_INT), "0");

  public static final ConfigKey<Long> MAXCLIENTS =
      ROWS.live("maxclients", number(1, MAX_UNSIGNED_INT), "20000");

  // Access.

  /** Empty for none. */
  public static final ConfigKey<String> REQUIREPASS = ROWS.live("requirepass", text(), "");

  /** Empty for none. */
  public static final ConfigKey<String> ACLFILE = ROWS.immutable("aclfile", pathIfAny(), "");

  /** Each line: a name, then rules. */
  public static final ConfigKey<List<ConfigLine>> USER =
      ROWS.inFilesOnly("user", new Lines("user"), "");

  /** Each line: a command's name and how it is called instead; empty for not at all. */
  public static final ConfigKey<List<ConfigLine>> RENAME_COMMAND =
      ROWS.inFilesOnly("rename-command", new Lines("rename-command"), "");

  public static final ConfigKey<AclPubsubDefault> ACL_PUBSUB_DEFAULT =
      ROWS.live("acl-pubsub-default", oneOf(AclPubsubDefault.class), "resetchannels");

  public static final ConfigKey<Long> ACLLOG_MAX_LEN =
      ROWS.live("acllog-max-len", number(0, MAX_LONG), "128");

  /** Empty for none. */
  public static final ConfigKey<String> USERPASS = ROWS.live("userpass", text(), "");

  /** Names of commands. */
  public static final ConfigKey<List<String>> USERBLACKLIST =
      ROWS.live("userblacklist", commaSeparated(), "");

  public static final ConfigKey<DebugCommand> ENABLE_DEBUG_COMMAND =
      ROWS.immutable("enable-debug-command", oneOf(DebugCommand.class), "no");

  // Limits of one client.

  public static final ConfigKey<OutputLimits> CLIENT_OUTPUT_BUFFER_LIMIT = ROWS.live(
      "client-output-buffer-limit",
      OutputLimits.TYPE,
      "normal 0 0 0 replica 256mb 64mb 60 pubsub 32mb 8mb 60");

  public static final ConfigKey<Long> CLIENT_QUERY_BUFFER_LIMIT =
      ROWS.live("client-query-buffer-limit", memory(MB, MAX_LONG), "1gb", "max-conn-rbuf-size");

  public static final ConfigKey<Long> PROTO_MAX_BULK_LEN =
      ROWS.live("proto-max-bulk-len", memory(MB, MAX_LONG), "512mb");

  public static final ConfigKey<Integer> CLIENT_MAX_INFLIGHT_COMMANDS =
      ROWS.live("client-max-inflight-commands", integer(1, MAX_INT), "1024");

  public static final ConfigKey<Long> CLIENT_MAX_INFLIGHT_BYTES =
      ROWS.live("client-max-inflight-bytes", memory(64 << 10, MAX_LONG), "64mb");

  public static final ConfigKey<Long> CLIENT_MAX_UNREAD_REPLY_BYTES =
      ROWS.live("client-max-unread-reply-bytes", memory(64 << 10, MAX_LONG), "64mb");

  // Threads. 0 is automatic.

  public static final ConfigKey<Integer> THREAD_NUM =
      ROWS.fixed("thread-num", integer(0, 256), "0");

  public static final ConfigKey<Integer> THREAD_POOL_SIZE =
      ROWS.fixed("thread-pool-size", integer(0, 1024), "0");

  public static final ConfigKey<Integer> SLOW_CMD_THREAD_POOL_SIZE =
      ROWS.fixed("slow-cmd-thread-pool-size", integer(0, 1024), "0");

  /** Names of commands in lower case. */
  public static final ConfigKey<List<String>> SLOW_CMD_LIST =
      ROWS.live("slow-cmd-list", commaSeparated(), "");

  // Scripts.

  public static final ConfigKey<Long> BUSY_REPLY_THRESHOLD =
      ROWS.live("busy-reply-threshold", duration("ms", 0, MAX_LONG), "5000", "lua-time-limit");

  /**
   * Memory of one interpreter's values; there is at most one interpreter for each thread that
   * executes commands.
   */
  public static final ConfigKey<Long> LUA_MEMORY_LIMIT =
      ROWS.live("lua-memory-limit", memory(4 * MB, MAX_LONG), "64mb");

  // Data.

  public static final ConfigKey<String> DIR = ROWS.fixed("dir", path(), "./data", "db-path");

  public static final ConfigKey<String> DUMP_PATH = ROWS.live("dump-path", path(), "./dump");

  /** Bytes. */
  public static final ConfigKey<Long> LEAST_FREE_DISK_RESUME_SIZE =
      ROWS.live("least-free-disk-resume-size", memory(0, MAX_LONG), "256mb");

  public static final ConfigKey<Integer> DATABASES =
      ROWS.immutable("databases", integer(1, 65536), "16");

  public static final ConfigKey<AppendFsync> APPENDFSYNC =
      ROWS.live("appendfsync", oneOf(AppendFsync.class), "everysec");

  /** Bytes; 0 is derived from the machine or the container. */
  public static final ConfigKey<Long> MAX_MEMORY_BUDGET =
      ROWS.fixed("max-memory-budget", memory(0, MAX_LONG), "0");

  public static final ConfigKey<Long> STRING_MAX_INLINE_SIZE =
      ROWS.fixed("string-max-inline-size", memory(1 << 10, 1 << 30), "64kb");

  public static final ConfigKey<Long> COLLECTION_MAX_PACKED_SIZE =
      ROWS.live("collection-max-packed-size", memory(0, MB), "8kb");

  public static final ConfigKey<Long> HASH_MAX_LISTPACK_ENTRIES = ROWS.live(
      "hash-max-listpack-entries", number(0, MAX_LONG), "512", "hash-max-ziplist-entries");

  public static final ConfigKey<Long> HASH_MAX_LISTPACK_VALUE =
      ROWS.live("hash-max-listpack-value", memory(0, MAX_LONG), "64", "hash-max-ziplist-value");

  /** Elements; a negative number from -1 on is a size instead: 4, 8, 16, 32, 64 KB. */
  public static final ConfigKey<Integer> LIST_MAX_LISTPACK_SIZE = ROWS.live(
      "list-max-listpack-size", integer(-MAX_INT - 1, MAX_INT), "-2", "list-max-ziplist-size");

  public static final ConfigKey<Long> SET_MAX_INTSET_ENTRIES =
      ROWS.live("set-max-intset-entries", number(0, MAX_LONG), "512");

  public static final ConfigKey<Long> SET_MAX_LISTPACK_ENTRIES =
      ROWS.live("set-max-listpack-entries", number(0, MAX_LONG), "128");

  public static final ConfigKey<Long> SET_MAX_LISTPACK_VALUE =
      ROWS.live("set-max-listpack-value", memory(0, MAX_LONG), "64");

  public static final ConfigKey<Long> ZSET_MAX_LISTPACK_ENTRIES = ROWS.live(
      "zset-max-listpack-entries", number(0, MAX_LONG), "128", "zset-max-ziplist-entries");

  public static final ConfigKey<Long> ZSET_MAX_LISTPACK_VALUE =
      ROWS.live("zset-max-listpack-value", memory(0, MAX_LONG), "64", "zset-max-ziplist-value");

  public static final ConfigKey<Long> STREAM_NODE_MAX_ENTRIES =
      ROWS.live("stream-node-max-entries", number(0, MAX_LONG), "100");

  public static final ConfigKey<Long> HLL_SPARSE_MAX_BYTES =
      ROWS.live("hll-sparse-max-bytes", memory(0, MAX_LONG), "3000");

  public static final ConfigKey<Integer> ACTIVE_EXPIRE_EFFORT =
      ROWS.live("active-expire-effort", integer(1, 10), "1");

  public static final ConfigKey<Boolean> CLUSTER_ENABLED =
      ROWS.immutable("cluster-enabled", yesNo(), "no");

  // Process and log.

  /** Empty for none. */
  public static final ConfigKey<String> PIDFILE = ROWS.immutable("pidfile", pathIfAny(), "");

  /** Empty for standard output. */
  public static final ConfigKey<String> LOGFILE = ROWS.immutable("logfile", pathIfAny(), "");

  public static final ConfigKey<LogLevel> LOGLEVEL =
      ROWS.live("loglevel", oneOf(LogLevel.class, pikaLevels()), "notice");

  // Looking inside.

  /** Microseconds; negative is off. */
  public static final ConfigKey<Long> SLOWLOG_LOG_SLOWER_THAN =
      ROWS.live("slowlog-log-slower-than", duration("us", -1, MAX_LONG), "10000");

  public static final ConfigKey<Long> SLOWLOG_MAX_LEN =
      ROWS.live("slowlog-max-len", number(0, MAX_LONG), "128");

  /** Milliseconds; 0 is off. */
  public static final ConfigKey<Long> LATENCY_MONITOR_THRESHOLD =
      ROWS.live("latency-monitor-threshold", duration("ms", 0, MAX_LONG), "0");

  public static final ConfigKey<Boolean> LATENCY_TRACKING =
      ROWS.live("latency-tracking", yesNo(), "yes");

  public static final ConfigKey<List<Double>> LATENCY_TRACKING_INFO_PERCENTILES = ROWS.live(
      "latency-tracking-info-percentiles",
      percentiles("latency-tracking-info-percentiles"),
      "50 99 99.9");

  /** Letters of classes of events; empty is none. */
  public static final ConfigKey<String> NOTIFY_KEYSPACE_EVENTS =
      ROWS.live("notify-keyspace-events", new KeyspaceEvents(), "");

  /** Keys; 0 is no limit. */
  public static final ConfigKey<Long> TRACKING_TABLE_MAX_KEYS =
      ROWS.live("tracking-table-max-keys", number(0, MAX_LONG), "1000000");

  private ConfigKeys() {}

  private static Map<String, LogLevel> pikaLevels() {
    return Map.of("info", LogLevel.NOTICE, "error", LogLevel.WARNING, "fatal", LogLevel.WARNING);
  }
}
