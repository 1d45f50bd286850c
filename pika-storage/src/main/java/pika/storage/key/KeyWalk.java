package pika.storage.key;

/**
 * Iterates over the keys of one database as the unit sees them, expired ones included. Positioned
 * on a key while {@link #valid()}; must be closed by the scope that opened it. Keys that other
 * units commit after it was opened are not seen. Confined to one thread.
 */
public interface KeyWalk extends AutoCloseable {

  /** Returns whether it is positioned on a key. */
  boolean valid();

  /** Returns the key as the user named it. The caller owns the array. */
  byte[] userKey();

  /** Returns the type of its value. */
  DataType type();

  /** Moves to the next key. */
  void next();

  @Override
  void close();
}
