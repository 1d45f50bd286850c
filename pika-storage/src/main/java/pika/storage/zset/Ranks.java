package pika.storage.zset;

/**
 * Entries next to each other in ascending order: those before which {@code from} entries stand, and all up to {@code to},
 * which isn't one of them.
 *
 * @param from at least 0
 * @param to at least {@code from}
 */
public record Ranks(long from, long to) {
  static final Ranks NONE = new Ranks(0, 0);

  /** How many entries they are. */
  public long count() {
    return to - from;
  }

  /**
   * What is left when the first {@code offset} entries are skipped and no more than {@code count} taken, in an order. A
   * negative offset leaves nothing, a negative count takes all.
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
