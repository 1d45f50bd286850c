package pika.storage.key;

/**
 * A moment before which no committed deadline lies, so that one comparison tells that nothing is due. Safe for many threads
 * that commit and one that sweeps.
 *
 * <p>It has two halves: one for the deadlines that the last sweep has left, one for those committed since it began. A
 * sweep takes the second half over before it reads the index, and raises the first only when what was due is gone: at no
 * moment is a deadline below the bound, whether its entry is still there or just written.
 */
final class DeadlineBound {
  private volatile long left = Long.MIN_VALUE;
  private volatile long added = Long.MAX_VALUE;

  /** The bound in milliseconds since 1970; {@link Long#MAX_VALUE} when there are no deadlines at all. */
  long get() {
    // In this order: a sweep that begins in between has moved the added half to the left half
    // first.
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

  /** To be called before a sweep reads the index; returns the bound. */
  synchronized long beginSweep() {
    left = Math.min(left, added);
    added = Long.MAX_VALUE;
    return left;
  }

  /** To be called after what was due is gone, with the nearest deadline that the sweep has seen and left. */
  void endSweep(long nearestLeftMs) {
    left = nearestLeftMs;
  }
}
