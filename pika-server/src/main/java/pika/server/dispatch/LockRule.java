package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.command.KeySpec;
import pika.storage.key.LockPlan;

/**
 * Which locks a command needs. Follows from its keys and flags.
 */
enum LockRule {
  /** No locks: uses no keys. */
  NONE,
  /**
   * No lock, because it only reads one key; a read lock if the command is part of a step of
   * several.
   */
  ONE_TO_READ,
  /** A write lock on the first argument: most commands that change something. */
  FIRST_KEY,
  /** Write or read locks on all its keys, so that it sees and changes them atomically. */
  ALL_KEYS,
  /**
   * No locks, but earlier changes of the same unit must be committed: it iterates over stored data.
   */
  WALK,
  /** Locks on all its keys, after uncommitted changes to them have been committed. */
  WATCH,
  /** The locks of all commands queued in the transaction. */
  TRANSACTION,
  /** All locks. */
  EVERYTHING;

  /** Computes the rule of a command. */
  static LockRule of(CommandSpec spec) {
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
    // A blocking command's key must not change between finding nothing and starting to wait.
    if (spec.has(Flag.READONLY) && !spec.has(Flag.BLOCKING)) {
      return ONE_TO_READ;
    }
    return first.isJust(1) ? FIRST_KEY : ALL_KEYS;
  }

  /**
   * Adds the keys that a command must lock as part of a step of several commands, so that they all
   * see the same state.
   *
   * @return false if only holding all locks will do
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
        // Iterating in the middle of a step would see other units' commits.
        return false;
      }
    }
  }

  /**
   * Returns whether a command may have to wait for a lock before it starts; reads without locks
   * never do.
   */
  boolean mayWait() {
    return this != NONE && this != ONE_TO_READ && this != WALK;
  }

  /** Returns the locks of a command with keys. */
  static LockPlan plan(CommandSpec spec, byte[][] args) {
    List<byte[]> written = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    collect(spec, args, written, read);
    return LockPlan.of(written, read);
  }

  private static void collect(
      CommandSpec spec, byte[][] args, List<byte[]> written, List<byte[]> read) {
    List<KeySpec> specs = spec.keys().specs();
    // XREADGROUP declares its key as read, because its entries are, but it updates the group's
    // state.
    boolean writesAll = spec.has(Flag.WRITE) && specs.size() == 1;
    for (KeySpec keys : specs) {
      List<byte[]> into = keys.readsOnly(args) && !writesAll ? read : written;
      for (int position : keys.positions(args)) {
        into.add(args[position]);
      }
    }
  }
}
