package pika.storage.key;

/**
 * A walk over the committed keys of one database, expired ones included. It stands on a key while {@link #valid()}, and
 * must be closed by the scope that opened it. Keys committed after it was opened are not met. Confined to one thread.
 */
public interface KeyWalk extends AutoCloseable {

  /** Whether there is a key here. */
  boolean valid();

  /** The key as the user named it. The array is the caller's. */
  byte[] userKey();

  /** The type of its value. */
  DataType type();

  /** Goes on to the next key. */
  void next();

  @Override
  void close();
}
