package pika.storage.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why the last write failed, if it did. Logs once that only a restart helps, when that is so.
 * Thread-safe.
 */
final class WriteFailure {
  private static final Logger LOG = LoggerFactory.getLogger(WriteFailure.class);

  private volatile String reason = "";
  private volatile boolean takesRestart;

  /** Returns the reason, empty when the last write succeeded. */
  String reason() {
    return reason;
  }

  /** Notes that a write has succeeded. */
  void isOver() {
    if (!reason.isEmpty()) {
      reason = "";
    }
  }

  /** Notes that a write has failed, and with which status. */
  void is(StorageException failure, @Nullable Status status) {
    if (!takesRestart && takesRestart(status)) {
      takesRestart = true;
      LOG.error("the database refuses all writes until this server is restarted; reads continue");
    }
    reason = String.valueOf(failure.getMessage());
  }

  /** Returns whether a restart helps, and nothing else: RocksDB recovers only from a full disk. */
  private static boolean takesRestart(@Nullable Status status) {
    return status != null
        && status.getCode() == Status.Code.IOError
        && status.getSubCode() != Status.SubCode.NoSpace;
  }
}
