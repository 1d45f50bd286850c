package pika.server.command;

/** How much of the keyspace a command touches, hence what the executor locks for it. */
public enum KeyScope {
  /** No key and no database: it runs outside any unit of work. */
  NONE,
  /** The keys among its arguments, or a walk over the keyspace that reads only. */
  KEYS,
  /** Its keys, once what was done to them before is committed: it remembers how they are now (WATCH). */
  WATCH,
  /** The keys of the commands that wait in the client's transaction, and those it watches (EXEC). */
  TRANSACTION,
  /** It changes whole databases, so nothing else may run in the meantime. */
  EVERYTHING
}
