package pika.storage.rank;

/**
 * A run as a {@link Directory} sees it at one moment: how it was when it was asked for. Any change of the directory makes
 * the runs before it old; they must be asked for again.
 *
 * @param id never used for another run or node of the same directory; an owner may name a row by it
 * @param start how many elements stand before the run: the index of its first one
 * @param count how many elements it has, at least one
 * @param separator no greater than any key in the run, and greater than all keys of the run before; empty in a directory
 *     without separators. That of the first run says nothing: every key below the second run's belongs to the first.
 */
public record Run(long id, long start, long count, byte[] separator) {

  /** The index of the first element after the run. */
  public long end() {
    return start + count;
  }
}
