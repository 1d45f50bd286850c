package pika.storage.key;

/**
 * A lower bound of all committed deadlines, so that one comparison tells that nothing is due. Safe
 * for many committing threads and one sweeping thread.
 *
 * <p>It has two halves: one for the deadlines that the last sweep left, one for those committed
 * since it began. A sweep first folds the second half into the first, then reads the index, and
 * raises the first only after it has removed what was due. So the bound never exceeds a deadline in
 * the index, old or just written.
 */
final class DeadlineBound {
  private volatile long left = Long.MIN_VALUE;
  private volatile long added = Long.MAX_VALUE;

  /**
   * Returns the bound in milliseconds since 1970; {@link Long#MAX_VALUE} when there are no
   * deadlines.
   */
  long get() {
    // In this order: a sweep that begins in between has already folded the added half into the left
    // half.
    long sinceSweep = added;
    return Math.min(sinceSweep, left);
  }

  /** Lowers the bound for a deadline that was just written. */
  void add(long deadlineMs) {
    if (deadlineMs < added) {
      synchronized (this) {
        added = Math.min(added, deadlineMs);
      }
    }
  }

  /** Starts a sweep, before it reads the index; returns the bound. */
  synchronized long beginSweep() {
    left = Math.min(left, added);
    added = Long.MAX_VALUE;
    return left;
  }

  /**
   * Ends a sweep, after it has removed what was due.
   *
   * @param nearestLeftMs the earliest deadline that the sweep saw and left
   */
  void endSweep(long nearestLeftMs) {
    left = nearestLeftMs;
  }
}
