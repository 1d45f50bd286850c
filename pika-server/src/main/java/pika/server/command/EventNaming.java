package pika.server.command;

import java.util.List;
import java.util.function.BiFunction;
import pika.storage.key.KeyChange;

/**
 * How what a command does to keys is called in keyspace events. No command is without: unless its row
 * says otherwise, each key it writes is told with the command's own name.
 */
@FunctionalInterface
public interface EventNaming {
  /** Takes the events of one call, in their order. */
  @FunctionalInterface
  interface Teller {
    void tell(KeyChange change, String event);
  }

  /** Tells the events of a call that made these changes. */
  void name(byte[][] args, List<KeyChange> changes, Teller teller);

  /** No events of its own: what is written is nothing the user sees. */
  EventNaming SILENT =
      (args, changes, teller) -> changes.forEach(change -> tellExpired(change, teller));

  /** The same name for every key that was written. */
  static EventNaming of(String name) {
    List<String> names = List.of(name);
    return each((args, change) -> names);
  }

  /**
   * The names for each key by itself. What is the same for all commands is added: {@code new} before
   * a key that was not there, {@code del} after one that is gone, {@code expired} before both where
   * something stood whose time was over.
   */
  static EventNaming each(BiFunction<byte[][], KeyChange, List<String>> names) {
    return (args, changes, teller) -> {
      for (KeyChange change : changes) {
        name(change, names.apply(args, change), teller);
      }
    };
  }

  /** A result is stored under a key, or what was there is removed where the result is nothing. */
  static EventNaming storing(String name) {
    List<String> stored = List.of(name);
    List<String> removed = List.of("del");
    return each((args, change) -> change.after() == null ? removed : stored);
  }

  /** {@link #each} for one key. */
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
   * A value that leaves one key and comes to another, which counts as new even if it replaces
   * something.
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

  /** The same for a value that comes to a key without leaving another. */
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

  private static void tellArrival(List<KeyChange> changes, String event, Teller teller) {
    for (KeyChange change : changes) {
      if (change.after() != null) {
        teller.tell(change, event);
      }
    }
  }

  private static void tellExpired(KeyChange change, Teller teller) {
    if (change.expired()) {
      teller.tell(change, "expired");
    }
  }
}
