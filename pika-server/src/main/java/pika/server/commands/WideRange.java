package pika.server.commands;

import java.util.Arrays;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.command.Place;

/**
 * Decides where commands run that read a range, whose ends are arguments 2 and 3: reading a whole
 * large value must not delay commands that read a few elements. The number of entries between two
 * scores or members is not known in advance, so only an unbounded range counts as wide there.
 */
final class WideRange {
  /** A pool thread reads this many from disk in a few milliseconds. */
  private static final long FEW = 1000;

  private WideRange() {}

  /** Returns the place for a range of indexes. */
  static Place byIndex(byte[][] args) {
    try {
      long from = Args.parseLong(args[2]);
      long to = Args.parseLong(args[3]);
      boolean narrow = from < 0 == to < 0 && to - from < FEW;
      return narrow ? Place.LOOP : Place.SLOW_IF_LARGE;
    } catch (CommandException e) {
      // The command itself reports it.
      return Place.LOOP;
    }
  }

  /** Returns the place for a range of scores or members. */
  static Place byValue(byte[][] args) {
    boolean wide = isEndless(args[2]) && isEndless(args[3]) && !hasOption(args, "LIMIT");
    return wide ? Place.SLOW_IF_LARGE : Place.LOOP;
  }

  /** Returns the place for a range whose kind an option determines. */
  static Place byOption(byte[][] args) {
    return hasOption(args, "BYSCORE") || hasOption(args, "BYLEX") ? byValue(args) : byIndex(args);
  }

  private static boolean isEndless(byte[] end) {
    return Args.is(end, "-inf")
        || Args.is(end, "+inf")
        || Args.is(end, "inf")
        || Args.is(end, "-")
        || Args.is(end, "+");
  }

  private static boolean hasOption(byte[][] args, String word) {
    return Arrays.stream(args).skip(4).anyMatch(arg -> Args.is(arg, word));
  }
}
