package pika.storage.string;

/**
 * A string being changed in place. Its length is settled when the edit is opened; what was not
 * written before reads as zeros. Nothing is changed for others, nor for later commands, before
 * {@link #save}; an edit that is not saved must be given up by rolling its command back. Confined
 * to the thread of its unit of work.
 */
public abstract sealed class StringEdit implements BytesAt permits InlineEdit, ChunkedEdit {

  /**
   * Puts {@code count} bytes of {@code source} at {@code position}; they must end inside the
   * string.
   */
  public abstract void write(long position, byte[] source, int offset, int count);

  /** Puts all of {@code source} at {@code position}. */
  public final void write(long position, byte[] source) {
    write(position, source, 0, source.length);
  }

  /** Makes what was written the value of the key. The edit is over. */
  public abstract void save();
}
