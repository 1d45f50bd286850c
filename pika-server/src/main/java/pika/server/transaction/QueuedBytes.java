package pika.server.transaction;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much may wait for EXEC: in the transaction of one client, and in those of all clients together. What waits is on the heap and
 * belongs to no request any more that a connection's limits would count. Safe for many threads.
 */
public final class QueuedBytes {
  private final LongSupplier mostOfOne;
  private final long mostOfAll;
  private final AtomicLong all = new AtomicLong();

  /** Nothing waits. {@code mostOfOne} tells how many bytes may wait in one transaction. */
  public QueuedBytes(LongSupplier mostOfOne, long mostOfAll) {
    this.mostOfOne = mostOfOne;
    this.mostOfAll = mostOfAll;
  }

  /** How many bytes may wait in one transaction. */
  public long mostOfOne() {
    return mostOfOne.getAsLong();
  }

  /** Counts bytes that are going to wait; false, and nothing counted, if there is no room for them. */
  boolean take(long bytes) {
    if (all.addAndGet(bytes) <= mostOfAll) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  /** Bytes that were counted wait no more. */
  void giveBack(long bytes) {
    all.addAndGet(-bytes);
  }
}
