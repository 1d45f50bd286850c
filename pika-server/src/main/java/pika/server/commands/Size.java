package pika.server.commands;

import pika.server.command.Place;

/** Decides where calls run by the size of their arguments. */
final class Size {
  /** A loop copies this in a few microseconds; longer strings are stored in chunks as well. */
  private static final long LOOP_BYTES = 64 << 10;

  /** This takes milliseconds to write. */
  private static final long POOL_BYTES = 1 << 20;

  /** This many keys take as long as hundreds of commands. */
  private static final int LOOP_ARGS = 512;

  private Size() {}

  /** Returns the place for the number and total length of the arguments. */
  static Place place(byte[][] args) {
    if (args.length > LOOP_ARGS) {
      return Place.SLOW;
    }
    long bytes = 0;
    for (byte[] arg : args) {
      bytes += arg.length;
    }
    if (bytes <= LOOP_BYTES) {
      return Place.LOOP;
    }
    return bytes <= POOL_BYTES ? Place.POOL : Place.SLOW;
  }
}
