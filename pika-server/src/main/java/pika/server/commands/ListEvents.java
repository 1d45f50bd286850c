package pika.server.commands;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import pika.server.command.Args;
import pika.server.command.EventNaming;
import pika.storage.key.KeyChange;
import pika.storage.list.End;

/**
 * Names the keyspace events of operations on the ends of lists: by the end, whatever the command.
 */
final class ListEvents {
  /** Indexes of the ends in LMOVE's arguments. */
  private static final int FROM = 3;

  private static final int TO = 4;

  private ListEvents() {}

  /**
   * Returns the events of moving an element from the first argument's list to the second's, between
   * these ends.
   */
  static EventNaming moved(End from, End to) {
    return (args, changes, teller) -> tellMove(args, changes, from, to, teller);
  }

  /** Returns the same with ends given by the third and fourth argument. */
  static EventNaming movedAsSaid() {
    return (args, changes, teller) ->
        tellMove(args, changes, ListDoor.end(args[FROM]), ListDoor.end(args[TO]), teller);
  }

  /** Returns the event of popping elements from an end that the arguments specify. */
  static EventNaming popped(Function<byte[][], End> end) {
    return EventNaming.each((args, change) -> List.of(pop(end.apply(args))));
  }

  /** Reports a move; Redis pushes the element before it pops it. */
  private static void tellMove(
      byte[][] args, List<KeyChange> changes, End from, End to, EventNaming.Teller teller) {
    byte[] source = args[1];
    boolean rotates = Arrays.equals(source, args[2]);
    for (KeyChange change : changes) {
      if (rotates) {
        EventNaming.name(change, List.of(push(to), pop(from)), teller);
      } else if (!Arrays.equals(change.key(), source)) {
        EventNaming.name(change, List.of(push(to)), teller);
      }
    }
    for (KeyChange change : changes) {
      if (!rotates && Arrays.equals(change.key(), source)) {
        EventNaming.name(change, List.of(pop(from)), teller);
      }
    }
  }

  /** Returns the end that LMPOP and the like name after a counted run of keys. */
  static End endBehindKeys(byte[][] args, int countIndex) {
    int keys = (int) Args.parseLong(args[countIndex]);
    return ListDoor.end(args[countIndex + 1 + keys]);
  }

  private static String push(End end) {
    return end == End.HEAD ? "lpush" : "rpush";
  }

  private static String pop(End end) {
    return end == End.HEAD ? "lpop" : "rpop";
  }
}
