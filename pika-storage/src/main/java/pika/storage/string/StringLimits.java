package pika.storage.string;

/**
 * How long strings may be, and where they are cut into chunks.
 *
 * @param inlineBytes the longest string that stands whole in its record
 * @param chunkBytes what a chunk of a longer one holds
 * @param maxBytes the longest string there may be; at most {@link #MOST_BYTES} counts
 */
public record StringLimits(int inlineBytes, int chunkBytes, long maxBytes) {
  /**
   * However much is asked for, a string still has to fit into one Java array with room to spare.
   */
  public static final long MOST_BYTES = 1L << 30;

  /** Redis' limit of 512 MB; a small write into a long string rewrites at most 16 KB. */
  public static final StringLimits DEFAULT = new StringLimits(64 << 10, 16 << 10, 512L << 20);

  /** Cuts {@code maxBytes} down to what is possible. */
  public StringLimits {
    if (inlineBytes < 0 || chunkBytes <= 0 || maxBytes < 0) {
      throw new IllegalArgumentException("impossible limits of strings");
    }
    maxBytes = Math.min(maxBytes, MOST_BYTES);
  }
}
