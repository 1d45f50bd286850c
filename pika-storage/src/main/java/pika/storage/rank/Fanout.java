package pika.storage.rank;

/**
 * The maximum number of entries in the nodes of a {@link Directory}. Not stored: a directory may be
 * opened with another fanout than it was created with.
 *
 * @param rootEntries the maximum in the root, which is rewritten whenever a count changes
 * @param nodeEntries the maximum in any other node
 */
public record Fanout(int rootEntries, int nodeEntries) {
  /**
   * Keeps nodes below a kilobyte, with at most two of them between the root and one of a million
   * elements in runs of 128.
   */
  public static final Fanout DEFAULT = new Fanout(32, 32);

  /** Rejects fanouts too small for a tree. */
  public Fanout {
    if (rootEntries < 2 || nodeEntries < 4) {
      throw new IllegalArgumentException("a tree needs more entries in its nodes");
    }
  }
}
