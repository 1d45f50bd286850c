package pika.server.command;

import java.util.List;
import java.util.function.BiFunction;
import pika.storage.key.KeyChange;

/**
 * How the keyspace events of a command are named. Every command has events: by default, each key it
 * writes yields one with the command's own name.
 */
@FunctionalInterface
public interface EventNaming {
  /** Receives the events of one call, in order. */
  @FunctionalInterface
  interface Teller {
    void tell(KeyChange change, String event);
  }

  /** The event of a key whose time was over. */
  String EXPIRED = "expired";

  /** Passes on the events of a call that made these changes. */
  void name(byte[][] args, List<KeyChange> changes, Teller teller);

  /** No events except expiry: the writes are invisible to users. */
  EventNaming SILENT =
      (args, changes, teller) -> changes.forEach(change -> tellExpired(change, teller));

  /** Returns a naming with one name for every key that was written. */
  static EventNaming of(String name) {
    List<String> names = List.of(name);
    return each((args, change) -> names);
  }

  /**
   * Returns a naming per key. Events common to all commands are added: {@code new} before those of
   * a key that did not exist, {@code del} after those of one that no longer does, {@code expired}
   * before both if the key had expired.
   */
  static EventNaming each(BiFunction<byte[][], KeyChange, List<String>> names) {
    return (args, changes, teller) -> {
      for (KeyChange change : changes) {
        name(change, names.apply(args, change), teller);
      }
    };
  }

  /**
   * Returns the naming of a command that stores its result under a key, or deletes the key when the
   * result is empty.
   */
  static EventNaming storing(String name) {
    List<String> stored = List.of(name);
    List<String> removed = List.of("del");
    return each((args, change) -> change.after() == null ? removed : stored);
  }

  /** Applies {@link #each} to one key. */
  static void name(KeyChange change, List<String> names, Teller teller) {
    tellExpired(change, teller);
    if (change.before() == null && change.after() == null) {
      return;
    }
    if (change.before() == null) {
      teller.tell(change, "new");
    }
    for (String name : names) {
      teller.tell(change, name);
    }
    if (change.after() == null && !names.contains("del")) {
      teller.tell(change, "del");
    }
  }

  /**
   * Returns the naming of a command that moves a value from one key to another, which counts as new
   * even if it replaces something.
   */
  static EventNaming moving(String from, String to) {
    return (args, changes, teller) -> {
      changes.forEach(change -> tellExpired(change, teller));
      tellArrival(changes, "new", teller);
      for (KeyChange change : changes) {
        if (change.after() == null && change.before() != null) {
          teller.tell(change, from);
        }
      }
      tellArrival(changes, to, teller);
    };
  }

  /** Like {@link #moving}, for a value that arrives at a key without leaving another. */
  static EventNaming arriving(String to) {
    return (args, changes, teller) -> {
      for (KeyChange change : changes) {
        if (change.after() == null) {
          name(change, List.of(), teller);
        } else {
          tellExpired(change, teller);
        }
      }
      tellArrival(changes, "new", teller);
      tellArrival(changes, to, teller);
    };
  }

  /**
   * Returns the naming of a command that looks at all its keys before it writes any: it tells all
   * expiries first.
   */
  static EventNaming expiriesFirst(EventNaming writes) {
    return (args, changes, teller) -> {
      changes.forEach(change -> tellExpired(change, teller));
      writes.name(args, changes, (change, event) -> {
        if (!event.equals(EXPIRED)) {
          teller.tell(change, event);
        }
      });
    };
  }

  private static void tellArrival(List<KeyChange> changes, String event, Teller teller) {
    for (KeyChange change : changes) {
      if (change.after() != null) {
        teller.tell(change, event);
      }
    }
  }

  private static void tellExpired(KeyChange change, Teller teller) {
    if (change.expired()) {
      teller.tell(change, EXPIRED);
    }
  }
}
