package pika.storage.rank;

/**
 * A snapshot of a run in a {@link Directory}. Every change of the directory invalidates it; the run
 * must then be looked up again.
 *
 * @param id never reused for another run or node of the same directory; an owner may name a row
 *     after it
 * @param start the number of elements before the run: the index of its first element
 * @param count the number of elements, at least 1
 * @param separator not greater than any key in the run, and greater than all keys of the run
 *     before; empty in a directory without separators. Meaningless for the first run: every key
 *     below the second run's separator belongs to the first.
 */
public record Run(long id, long start, long count, byte[] separator) {

  /** Returns the index of the first element after the run. */
  public long end() {
    return start + count;
  }
}
