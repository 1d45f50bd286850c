package pika.server.stats;

/** What may take long enough for LATENCY to tell. */
public enum LatencyEvent {
  /** A command that may take its time. */
  COMMAND("command"),
  /** A command that is fast as a rule (COMMAND's flag). */
  FAST_COMMAND("fast-command"),
  /** A run of the sweeper that removes expired keys. */
  EXPIRE_CYCLE("expire-cycle"),
  /** A commit being written to RocksDB's log and memtables. */
  COMMIT("commit"),
  /** The log being brought to the disk. */
  LOG_SYNC("log-sync"),
  /** RocksDB holding writers back, from the beginning to the end. */
  WRITE_STALL("write-stall");

  private final String eventName;

  LatencyEvent(String eventName) {
    this.eventName = eventName;
  }

  public String eventName() {
    return eventName;
  }
}
