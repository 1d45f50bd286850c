package pika.storage.key;

/**
 * Told of keys that the sweeper removes because they have expired, not of those a command finds
 * expired.
 */
@FunctionalInterface
public interface ExpiryListener {
  /** Called after the commit, while the key's lock is held. Must be quick and must not throw. */
  void expired(int database, byte[] key, DataType type);

  /**
   * Called like {@link #expired} when parts of a value were removed because they had expired, and
   * with them the key if nothing was left; or when only the next deadline was updated.
   */
  default void partsExpired(KeyChange change) {}

  /**
   * Returns whether the listener is overloaded; the sweeper then pauses. Called from any thread.
   */
  default boolean isOverrun() {
    return false;
  }
}
