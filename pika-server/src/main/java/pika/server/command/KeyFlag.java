package pika.server.command;

import java.util.Locale;

/**
 * What a command does with a key: one of the first four says how it handles the value as a whole,
 * the others what happens to the data the user sees.
 */
public enum KeyFlag {
  /** Reads the value (or its metadata) only. */
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
  /** Not a key of the keyspace, but in a cluster found by the same slots: a shard channel. */
  NOT_KEY,
  /** A client that looks for the keys as it is told may find others. */
  INCOMPLETE,
  /** The flags depend on the arguments. */
  VARIABLE_FLAGS;

  /** {@code RO} and its three siblings are written in capitals, the others in lower case. */
  public String redisName() {
    return ordinal() <= RM.ordinal() ? name() : name().toLowerCase(Locale.ROOT);
  }
}
