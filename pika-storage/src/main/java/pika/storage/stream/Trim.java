package pika.storage.stream;

/**
 * How far a stream is cut off at its front.
 *
 * @param maxLength how many entries may stay
 * @param minId entries before it go
 * @param blockEntries entries go by whole blocks of so many, counted from the first one ever added, so that a command that
 *     adds one has seldom anything to do; 1 if all that may go have to go
 * @param limit the most entries that go, 0 for any number
 */
public record Trim(long maxLength, StreamId minId, int blockEntries, long limit) {
  /** The usual size of a block. */
  public static final int BLOCK_ENTRIES = 100;

  /** All that may go have to go. */
  public static final int EXACTLY = 1;

  /** Keeps the last {@code maxLength} entries. */
  public static Trim toLength(long maxLength, int blockEntries, long limit) {
    return new Trim(maxLength, StreamId.ZERO, blockEntries, limit);
  }

  /** Keeps the entries from {@code minId} on. */
  public static Trim toId(StreamId minId, int blockEntries, long limit) {
    return new Trim(Long.MAX_VALUE, minId, blockEntries, limit);
  }

  /** Whether it can have an effect, as far as the header tells. */
  boolean mayAffect(StreamHeader header) {
    long excess = header.length() - maxLength;
    boolean tooLong = excess >= Math.min(firstBlock(header), header.length());
    return header.length() > 0 && (tooLong || header.firstId().isBefore(minId));
  }

  /** How many entries are left of the first block: the others are gone from its front, as far as one can tell. */
  int firstBlock(StreamHeader header) {
    return blockEntries
        - (int) Math.floorMod(header.added() - header.length(), (long) blockEntries);
  }

  /** Whether the entry {@code id} may go from a stream of {@code length} entries, which it starts. */
  boolean covers(StreamId id, long length) {
    return length > maxLength || id.isBefore(minId);
  }
}
