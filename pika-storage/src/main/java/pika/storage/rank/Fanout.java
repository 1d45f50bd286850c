package pika.storage.rank;

/**
 * How many entries the nodes of a {@link Directory} have. It is a matter of the program, not of the data: a directory may
 * be opened with another fanout than it was made with.
 *
 * @param rootEntries the most in the root, which is rewritten with every change of a count
 * @param nodeEntries the most in any other node
 */
public record Fanout(int rootEntries, int nodeEntries) {
  /** Nodes of less than a kilobyte, and at most two of them on the way to one of a million elements in runs of 256. */
  public static final Fanout DEFAULT = new Fanout(32, 32);

  /** Fewer entries than these make no tree. */
  public Fanout {
    if (rootEntries < 2 || nodeEntries < 4) {
      throw new IllegalArgumentException("a tree needs more entries in its nodes");
    }
  }
}
