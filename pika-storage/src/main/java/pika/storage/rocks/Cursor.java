package pika.storage.rocks;

/**
 * Iterates over the keys of a range in one direction. Positioned on an entry while
 * {@link #valid()}; must be closed by the scope that opened it. A step that fails closes it;
 * closing it again does nothing. Confined to one thread.
 */
public interface Cursor extends AutoCloseable {

  /** The direction of iteration. */
  enum Direction {
    /** From the smallest key to the greatest. */
    FORWARD,
    /** From the greatest key to the smallest. */
    BACKWARD
  }

  /** Returns whether it is positioned on an entry. */
  boolean valid();

  /** Returns the key of the entry. The caller owns the array. */
  byte[] key();

  /** Returns the value of the entry. The caller owns the array. */
  byte[] value();

  /** Moves to the next entry in its direction. */
  void next();

  /**
   * Moves, forwards or backwards, to the first entry of the range that does not come before
   * {@code key} in its direction. Much cheaper than opening a cursor there.
   */
  void seek(byte[] key);

  @Override
  void close();
}
