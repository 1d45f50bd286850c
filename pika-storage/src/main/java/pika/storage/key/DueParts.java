package pika.storage.key;

/**
 * Removes parts of a value that expire on their own; implemented by the data type that has such
 * parts.
 */
@FunctionalInterface
public interface DueParts {
  /** For stores whose values have no such parts. */
  DueParts NONE = (keyspace, userKey) -> {};

  /**
   * Removes expired parts, up to a bound, and stores in the record when the next ones are due;
   * removes the key when nothing is left. The key is locked.
   */
  void remove(Keyspace keyspace, byte[] userKey);
}
