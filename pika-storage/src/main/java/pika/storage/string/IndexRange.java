package pika.storage.string;

/**
 * Positions {@code first} to {@code last}, both included; empty when {@code first > last}.
 */
public record IndexRange(long first, long last) {
  private static final IndexRange EMPTY = new IndexRange(0, -1);

  /** All positions of something {@code length} long. */
  public static IndexRange all(long length) {
    return new IndexRange(0, length - 1);
  }

  /**
   * Positions of something {@code length} long as Redis takes them: negative ones count from the
   * end, and those outside are moved to the nearest end; so a range that lies wholly before the
   * start still has the first position.
   */
  public static IndexRange of(long start, long end, long length) {
    long first = Math.max(0, start < 0 ? start + length : start);
    long last = Math.max(0, end < 0 ? end + length : end);
    return new IndexRange(first, Math.min(last, length - 1));
  }

  /** {@link #of}, but empty when both ends count from the end and are in the wrong order. */
  public static IndexRange inOrder(long start, long end, long length) {
    return start < 0 && end < 0 && start > end ? EMPTY : of(start, end, length);
  }

  /** Whether there is no position in it. */
  public boolean isEmpty() {
    return first > last;
  }
}
