package pika.storage.string;

/**
 * A string being edited. Its length is fixed when the edit is opened; unwritten parts read as
 * zeros. Nobody, not even a later command, sees changes before {@link #save}; an edit that is not
 * saved must be discarded by rolling back its command. Confined to the thread of its unit of work.
 */
public abstract sealed class StringEdit implements BytesAt permits InlineEdit, ChunkedEdit {

  /**
   * Writes {@code count} bytes of {@code source} at {@code position}; they must end within the
   * string.
   */
  public abstract void write(long position, byte[] source, int offset, int count);

  /** Writes all of {@code source} at {@code position}. */
  public final void write(long position, byte[] source) {
    write(position, source, 0, source.length);
  }

  /** Stores what was written, and ends the edit. */
  public abstract void save();
}
