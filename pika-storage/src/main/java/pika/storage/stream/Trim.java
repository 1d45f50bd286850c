package pika.storage.stream;

/**
 * How far a stream is cut off at its front.
 *
 * @param maxLength how many entries may stay
 * @param minId entries before it go
 * @param precision whether all that may go have to go
 * @param limit the most entries that go, 0 for any number; only of those that go in blocks
 */
public record Trim(long maxLength, StreamId minId, Precision precision, long limit) {
  /** Whether all entries that may go have to go. */
  public enum Precision {
    EXACT,
    /** Entries go by whole blocks, so that a command that adds one has seldom anything to do. */
    BY_BLOCKS
  }

  /** So many entries are a block. */
  public static final int BLOCK_ENTRIES = 100;

  /** Keeps the last {@code maxLength} entries. */
  public static Trim toLength(long maxLength, Precision precision, long limit) {
    return new Trim(maxLength, StreamId.ZERO, precision, limit);
  }

  /** Keeps the entries from {@code minId} on. */
  public static Trim toId(StreamId minId, Precision precision, long limit) {
    return new Trim(Long.MAX_VALUE, minId, precision, limit);
  }

  /** Whether it can have an effect, as far as the header tells. */
  boolean mayAffect(StreamHeader header) {
    long excess = header.length() - maxLength;
    boolean tooLong = excess > 0;
    if (precision == Precision.BY_BLOCKS) {
      tooLong = excess >= Math.min(BLOCK_ENTRIES, header.length());
    }
    return header.length() > 0 && (tooLong || header.firstId().isBefore(minId));
  }

  /** Whether the entry {@code id} may go from a stream of {@code length} entries, which it starts. */
  boolean covers(StreamId id, long length) {
    return length > maxLength || id.isBefore(minId);
  }

  int blockEntries() {
    return precision == Precision.EXACT ? 1 : BLOCK_ENTRIES;
  }
}
