package pika.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/** Tracks whether RocksDB delays or stops writers. Called on RocksDB's threads. */
final class StallListener extends AbstractEventListener {
  /** Names of the column families that are delayed or stopped. */
  private final Set<String> stalled = new HashSet<>();

  private volatile boolean writesMayStall;
  private volatile WriteListener listener = WriteListener.NONE;
  private long sinceNanos;

  StallListener() {
    // Not ON_BACKGROUND_ERROR: the Java side throws on reasons it does not know, and knows few.
    super(EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
  }

  /**
   * Returns whether some column family was last reported as delayed or stopped. RocksDB reports
   * changes outside its lock, so two reports may arrive out of order; a caller that finds this true
   * but wrong calls {@link #forget}.
   */
  boolean writesMayStall() {
    return writesMayStall;
  }

  /** Treats all column families as healthy until RocksDB reports otherwise. */
  synchronized void forget() {
    stalled.clear();
    update();
  }

  /** Sets who is told of stalls when they end. */
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
