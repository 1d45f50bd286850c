package pika.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/** Remembers whether RocksDB delays or stops writers, and its last background error. Called on RocksDB's threads. */
final class StallListener extends AbstractEventListener {
  /** Names of the column families in a delayed or stopped state. */
  private final Set<String> stalled = new HashSet<>();

  private volatile boolean writesMayStall;
  private volatile String backgroundError = "";

  StallListener() {
    super(
        EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED,
        EnabledEventCallback.ON_BACKGROUND_ERROR,
        EnabledEventCallback.ON_ERROR_RECOVERY_COMPLETED);
  }

  /** Whether any column family is in a delayed or stopped state now. */
  boolean writesMayStall() {
    return writesMayStall;
  }

  /** The background error RocksDB is in, empty when there is none. */
  String backgroundError() {
    return backgroundError;
  }

  @Override
  public synchronized void onStallConditionsChanged(WriteStallInfo info) {
    String family = info.getColumnFamilyName();
    if (info.getCurrentCondition() == WriteStallCondition.NORMAL) {
      stalled.remove(family);
    } else {
      stalled.add(family);
    }
    writesMayStall = !stalled.isEmpty();
  }

  @Override
  public void onBackgroundError(BackgroundErrorReason reason, Status status) {
    backgroundError = reason + ": " + status.getCodeString();
  }

  @Override
  public void onErrorRecoveryCompleted(Status status) {
    backgroundError = "";
  }
}
