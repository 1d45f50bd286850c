package pika.server.transaction;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits the bytes queued for EXEC, per client and for all clients together. They are on the heap
 * and no longer belong to a request that a connection's limits would count. Thread-safe.
 */
public final class QueuedBytes {
  private final LongSupplier mostOfOne;
  private final long mostOfAll;
  private final AtomicLong all = new AtomicLong();

  /**
   * Creates the limits.
   *
   * @param mostOfOne supplies the limit of one transaction, in bytes
   * @param mostOfAll the limit of all transactions together, in bytes
   */
  public QueuedBytes(LongSupplier mostOfOne, long mostOfAll) {
    this.mostOfOne = mostOfOne;
    this.mostOfAll = mostOfAll;
  }

  /** Returns the limit of one transaction, in bytes. */
  public long mostOfOne() {
    return mostOfOne.getAsLong();
  }

  /**
   * Counts bytes about to be queued; returns false, counting nothing, if there is no room for them.
   */
  boolean take(long bytes) {
    if (all.addAndGet(bytes) <= mostOfAll) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  /** Releases counted bytes. */
  void giveBack(long bytes) {
    all.addAndGet(-bytes);
  }
}
