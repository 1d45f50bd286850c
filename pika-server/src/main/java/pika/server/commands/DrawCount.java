package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Place;

/**
 * The count of HRANDFIELD, SRANDMEMBER and ZRANDMEMBER: the number of distinct elements or, if
 * negative, of draws with replacement.
 */
final class DrawCount {
  /**
   * The number of draws with replacement is not bounded by the data; beyond this they are made
   * while they are sent.
   */
  private static final long MOST_HELD = 1 << 16;

  /** Longer counts keep a thread busy whatever the size of the collection. */
  private static final int SHORT = 4;

  private DrawCount() {}

  /** Parses the count at an argument. */
  static long at(Call call, int index) {
    long count = Args.parseLong(call.arg(index));
    if (count == Long.MIN_VALUE) {
      throw new CommandException("ERR value is out of range, value must between "
          + -Long.MAX_VALUE
          + " and "
          + Long.MAX_VALUE);
    }
    return count;
  }

  /** Returns whether a negative count asks for more draws than may be held in a list. */
  static boolean isEndless(long negativeCount) {
    return -negativeCount > MOST_HELD;
  }

  /** Returns where to run a call whose count is argument 2. */
  static Place place(byte[][] args) {
    if (args.length <= 2) {
      return Place.LOOP;
    }
    return args[2].length <= SHORT ? Place.SLOW_IF_LARGE : Place.SLOW;
  }
}
