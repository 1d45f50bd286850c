package pika.server.stats;

/** The events that LATENCY monitors. */
public enum LatencyEvent {
  /** A command without the flag FAST. */
  COMMAND("command"),
  /** A command with the flag FAST. */
  FAST_COMMAND("fast-command"),
  /** A run of the sweeper, which removes expired keys. */
  EXPIRE_CYCLE("expire-cycle"),
  /** Writing a commit to RocksDB's log and memtables. */
  COMMIT("commit"),
  /** Syncing the log to disk. */
  LOG_SYNC("log-sync"),
  /** RocksDB holding writers back, from beginning to end. */
  WRITE_STALL("write-stall");

  private final String eventName;

  LatencyEvent(String eventName) {
    this.eventName = eventName;
  }

  public String eventName() {
    return eventName;
  }
}
