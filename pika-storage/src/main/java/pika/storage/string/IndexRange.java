package pika.storage.string;

/** An inclusive range of positions; empty when {@code first > last}. */
public record IndexRange(long first, long last) {
  private static final IndexRange EMPTY = new IndexRange(0, -1);

  /** Returns all positions of something of this length. */
  public static IndexRange all(long length) {
    return new IndexRange(0, length - 1);
  }

  /**
   * Returns the positions as Redis interprets them: negative ones count from the end, and those
   * outside are clamped, so that a range wholly before the start still contains the first position.
   */
  public static IndexRange of(long start, long end, long length) {
    long first = Math.max(0, start < 0 ? start + length : start);
    long last = Math.max(0, end < 0 ? end + length : end);
    return new IndexRange(first, Math.min(last, length - 1));
  }

  /** Like {@link #of}, but empty when both ends count from the end and are in the wrong order. */
  public static IndexRange inOrder(long start, long end, long length) {
    return start < 0 && end < 0 && start > end ? EMPTY : of(start, end, length);
  }

  /** Returns whether the range is empty. */
  public boolean isEmpty() {
    return first > last;
  }
}
