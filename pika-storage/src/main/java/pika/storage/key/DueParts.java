package pika.storage.key;

/** Removes parts of a value that expire by themselves; the data type that has such parts knows how. */
@FunctionalInterface
public interface DueParts {
  /** No value has such parts. */
  DueParts NONE = (keyspace, userKey) -> {};

  /**
   * Removes parts whose time is over, up to a bound, and tells with the record when the next are due; removes the key when
   * nothing is left. The key is locked.
   */
  void remove(Keyspace keyspace, byte[] userKey);
}
