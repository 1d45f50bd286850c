package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Flag;
import pika.server.command.KeySpec;
import pika.storage.key.LockPlan;

/** Which locks a command needs; follows from its keys and flags, and is found out once for each command. */
enum LockRule {
  /** None: no keyspace. */
  NONE,
  /** None for one key that is only read; a lock for reading where that belongs to a step of several commands. */
  ONE_TO_READ,
  /** The first argument, for writing: most commands that change something. */
  FIRST_KEY,
  /** All its keys, for writing or for reading, so that it sees and changes them at one moment. */
  ALL_KEYS,
  /** None, but what was done before in the same unit must be committed: it walks over what is stored. */
  WALK,
  /** All its keys, once nothing that was done to them is uncommitted. */
  WATCH,
  /** Those of the commands that wait in the transaction. */
  TRANSACTION,
  /** Every key there is. */
  EVERYTHING;

  /** The rules of all commands, by {@link CommandSpec#index()}. */
  static LockRule[] of(CommandTable table) {
    return table.specs().stream().map(LockRule::of).toArray(LockRule[]::new);
  }

  private static LockRule of(CommandSpec spec) {
    return switch (spec.scope()) {
      case NONE -> NONE;
      case WATCH -> WATCH;
      case TRANSACTION -> TRANSACTION;
      case EVERYTHING -> EVERYTHING;
      case KEYS -> ofKeys(spec);
    };
  }

  private static LockRule ofKeys(CommandSpec spec) {
    List<KeySpec> specs = spec.keys().specs();
    if (specs.isEmpty()) {
      return WALK;
    }
    KeySpec first = specs.get(0);
    if (specs.size() > 1 || !first.isOneKey()) {
      return ALL_KEYS;
    }
    // Between finding nothing and waiting for a key nobody may change it.
    if (spec.has(Flag.READONLY) && !spec.has(Flag.BLOCKING)) {
      return ONE_TO_READ;
    }
    return first.isJust(1) ? FIRST_KEY : ALL_KEYS;
  }

  /**
   * Adds the keys that a command has to lock as part of a step of several, so that it sees what the others see.
   *
   * @return false if only all locks there are will do
   */
  boolean addKeys(CommandSpec spec, byte[][] args, List<byte[]> written, List<byte[]> read) {
    switch (this) {
      case NONE -> {
        return true;
      }
      case ONE_TO_READ, FIRST_KEY, ALL_KEYS, WATCH -> {
        collect(spec, args, written, read);
        return true;
      }
      default -> {
        // A walk in the midst of a step would see what others commit meanwhile.
        return false;
      }
    }
  }

  /** Whether a command may have to wait for a lock before it begins; others read around those who hold one. */
  boolean mayWait() {
    return this != NONE && this != ONE_TO_READ && this != WALK;
  }

  /** The locks of a command that has keys. */
  static LockPlan plan(CommandSpec spec, byte[][] args) {
    List<byte[]> written = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    collect(spec, args, written, read);
    return LockPlan.of(written, read);
  }

  private static void collect(
      CommandSpec spec, byte[][] args, List<byte[]> written, List<byte[]> read) {
    List<KeySpec> specs = spec.keys().specs();
    // XREADGROUP calls its keys read, as their entries are, but it writes what its group has seen.
    boolean writesAll = spec.has(Flag.WRITE) && specs.size() == 1;
    for (KeySpec keys : specs) {
      List<byte[]> into = keys.readsOnly(args) && !writesAll ? read : written;
      for (int position : keys.positions(args)) {
        into.add(args[position]);
      }
    }
  }
}
