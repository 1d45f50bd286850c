package pika.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/** Remembers whether RocksDB delays or stops writers. Called on RocksDB's threads. */
final class StallListener extends AbstractEventListener {
  /** Names of the column families in a delayed or stopped state. */
  private final Set<String> stalled = new HashSet<>();

  private volatile boolean writesMayStall;
  private volatile WriteListener listener = WriteListener.NONE;
  private long sinceNanos;

  StallListener() {
    // Not ON_BACKGROUND_ERROR: the Java side throws at reasons it does not know, and knows few.
    super(EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
  }

  /**
   * Whether some column family was last heard of in a delayed or stopped state. RocksDB tells of changes after it has let
   * go of its lock, so that two of them may come in the wrong order; whoever finds it true and wrong says {@link #forget}.
   */
  boolean writesMayStall() {
    return writesMayStall;
  }

  /** Takes all column families for well, until RocksDB tells of one that isn't. */
  synchronized void forget() {
    stalled.clear();
    update();
  }

  /** Who is told of stalls when they end. */
  void listener(WriteListener whoIsTold) {
    listener = whoIsTold;
  }

  @Override
  public synchronized void onStallConditionsChanged(WriteStallInfo info) {
    String family = info.getColumnFamilyName();
    if (info.getCurrentCondition() == WriteStallCondition.NORMAL) {
      stalled.remove(family);
    } else {
      stalled.add(family);
    }
    update();
  }

  private void update() {
    boolean before = writesMayStall;
    writesMayStall = !stalled.isEmpty();
    if (!before && writesMayStall) {
      sinceNanos = System.nanoTime();
    } else if (before && !writesMayStall) {
      listener.stalled(System.nanoTime() - sinceNanos);
    }
  }
}
