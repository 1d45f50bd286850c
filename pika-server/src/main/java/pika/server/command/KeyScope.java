package pika.server.command;

/** How much of the keyspace a command touches, and hence what is locked for it. */
public enum KeyScope {
  /** No key and no database: it runs outside any unit of work. */
  NONE,
  /** The keys among its arguments, or a read-only iteration over the keyspace. */
  KEYS,
  /**
   * Its keys, after earlier changes to them are committed, because it records their current state
   * (WATCH).
   */
  WATCH,
  /** The keys of the queued commands and the watched keys (EXEC). */
  TRANSACTION,
  /** Whole databases: nothing else may run meanwhile. */
  EVERYTHING
}
