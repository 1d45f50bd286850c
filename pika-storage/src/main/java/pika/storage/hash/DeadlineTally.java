package pika.storage.hash;

/**
 * The number and bounds of the deadlines in one time span.
 *
 * @param count how many there are
 * @param leastMs none of them is earlier
 * @param greatestMs none of them is later
 */
record DeadlineTally(long count, long leastMs, long greatestMs) {
  static final DeadlineTally NONE = new DeadlineTally(0, Long.MAX_VALUE, Long.MIN_VALUE);

  DeadlineTally with(long deadlineMs) {
    return new DeadlineTally(
        count + 1, Math.min(leastMs, deadlineMs), Math.max(greatestMs, deadlineMs));
  }

  /** Removes any one of them: the bounds need not be exact. */
  DeadlineTally withoutOne() {
    return new DeadlineTally(count - 1, leastMs, greatestMs);
  }
}
