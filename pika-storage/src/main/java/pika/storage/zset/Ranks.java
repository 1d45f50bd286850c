package pika.storage.zset;

/**
 * A half-open range of ranks, in ascending order.
 *
 * @param from the first rank, at least 0
 * @param to the rank after the last, at least {@code from}
 */
public record Ranks(long from, long to) {
  static final Ranks NONE = new Ranks(0, 0);

  /** Returns the number of ranks. */
  public long count() {
    return to - from;
  }

  /**
   * Skips {@code offset} entries and takes up to {@code count}, in the given order. A negative
   * offset leaves nothing, a negative count takes all.
   */
  public Ranks limited(long offset, long count, Order order) {
    if (offset < 0 || offset >= count()) {
      return NONE;
    }
    long left = count() - offset;
    long taken = count < 0 ? left : Math.min(count, left);
    return order == Order.ASCENDING
        ? new Ranks(from + offset, from + offset + taken)
        : new Ranks(to - offset - taken, to - offset);
  }
}
