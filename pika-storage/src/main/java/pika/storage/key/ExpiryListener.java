package pika.storage.key;

/** Told of keys that are removed because their time is over, without a command that finds it out. */
@FunctionalInterface
public interface ExpiryListener {
  /** Called after the commit, while the key's lock is held. Must be quick and must not throw. */
  void expired(int database, byte[] key, DataType type);

  /**
   * Parts of a value were removed because their time was over, and the key with them if nothing is
   * left of it; or only a deadline was found out. Called as the other.
   */
  default void partsExpired(KeyChange change) {}

  /** Whether so much was told that more can't be taken at present: what is due then waits. From any thread. */
  default boolean isOverrun() {
    return false;
  }
}
