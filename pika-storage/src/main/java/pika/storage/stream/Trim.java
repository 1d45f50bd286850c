package pika.storage.stream;

/**
 * How far a stream is trimmed.
 *
 * @param maxLength how many entries may stay
 * @param minId entries with lower ids go
 * @param blockEntries entries go in whole blocks of this size, counted from the first entry ever
 *     added, so that a command that adds one rarely has work to do; 1 to trim exactly
 * @param limit the most entries that go, 0 for any number
 */
public record Trim(long maxLength, StreamId minId, int blockEntries, long limit) {
  /** The default size of a block. */
  public static final int BLOCK_ENTRIES = 100;

  /** Trims exactly. */
  public static final int EXACTLY = 1;

  /** Returns a trim that keeps the last {@code maxLength} entries. */
  public static Trim toLength(long maxLength, int blockEntries, long limit) {
    return new Trim(maxLength, StreamId.ZERO, blockEntries, limit);
  }

  /** Returns a trim that keeps the entries from {@code minId} on. */
  public static Trim toId(StreamId minId, int blockEntries, long limit) {
    return new Trim(Long.MAX_VALUE, minId, blockEntries, limit);
  }

  /** Returns whether it can have an effect, judging by the header. */
  boolean mayAffect(StreamHeader header) {
    long excess = header.length() - maxLength;
    boolean tooLong = excess >= Math.min(firstBlock(header), header.length());
    return header.length() > 0 && (tooLong || header.firstId().isBefore(minId));
  }

  /** Returns how many entries of the first block are left, assuming that the others were trimmed. */
  int firstBlock(StreamHeader header) {
    return blockEntries
        - (int) Math.floorMod(header.added() - header.length(), (long) blockEntries);
  }

  /**
   * Returns whether the entry {@code id} may go from a stream of {@code length} entries of which it
   * is the first.
   */
  boolean covers(StreamId id, long length) {
    return length > maxLength || id.isBefore(minId);
  }
}
