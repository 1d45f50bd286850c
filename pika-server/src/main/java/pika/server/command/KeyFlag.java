package pika.server.command;

import java.util.Locale;

/**
 * What a command does with a key: one of the first four tells how it treats the value as a whole,
 * the others what happens to the user's data in it.
 */
public enum KeyFlag {
  /** Only reads the value or its metadata. */
  RO,
  /** Changes the value, depending on what it was. */
  RW,
  /** Overwrites the value whatever it was. */
  OW,
  /** Removes the key. */
  RM,
  /** Returns, copies or compares user data. */
  ACCESS,
  /** Changes user data. */
  UPDATE,
  /** Adds data without changing what is there. */
  INSERT,
  /** Deletes some data of the value or all of it. */
  DELETE,
  /** Not a key of the keyspace, but routed to a cluster node like one: a shard channel. */
  NOT_KEY,
  /** A client that looks for keys as described may miss some. */
  INCOMPLETE,
  /** The flags depend on the arguments. */
  VARIABLE_FLAGS;

  /**
   * Returns the name clients see: {@code RO} and its three siblings in upper case, the others in
   * lower case.
   */
  public String redisName() {
    return ordinal() <= RM.ordinal() ? name() : name().toLowerCase(Locale.ROOT);
  }
}
