package pika.storage.string;

/**
 * How long strings may be, and where they are split into chunks.
 *
 * @param inlineBytes the longest inline string
 * @param chunkBytes the size of a chunk of a longer one
 * @param maxBytes the longest string; values above {@link #MOST_BYTES} are reduced to that
 */
public record StringLimits(int inlineBytes, int chunkBytes, long maxBytes) {
  /** Whatever is configured, a string must fit into one Java array with room to spare. */
  public static final long MOST_BYTES = 1L << 30;

  /** Redis' limit of 512 MB; a small write to a long string rewrites at most 16 KB. */
  public static final StringLimits DEFAULT = new StringLimits(64 << 10, 16 << 10, 512L << 20);

  /** Validates the limits and reduces {@code maxBytes} to what is possible. */
  public StringLimits {
    if (inlineBytes < 0 || chunkBytes <= 0 || maxBytes < 0) {
      throw new IllegalArgumentException("impossible limits of strings");
    }
    maxBytes = Math.min(maxBytes, MOST_BYTES);
  }
}
