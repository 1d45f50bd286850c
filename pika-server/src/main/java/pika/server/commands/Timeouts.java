package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.CommandException;

/** Timeouts, which are 0 for ever: in milliseconds as CLIENT PAUSE and WAIT take them, in seconds for blocking commands. */
final class Timeouts {
  private static final int MS_PER_SECOND = 1000;

  private Timeouts() {}

  static long parseMs(byte[] arg) {
    long timeoutMs = Args.parseLong(arg, "ERR timeout is not an integer or out of range");
    if (timeoutMs < 0) {
      throw negative();
    }
    return timeoutMs;
  }

  /** Milliseconds from seconds with a fraction, rounded up so that a short wait doesn't become an endless one. */
  static long parseSeconds(byte[] arg) {
    double seconds = Args.parseDouble(arg, "ERR timeout is not a float or out of range");
    double timeoutMs = Math.ceil(seconds * MS_PER_SECOND);
    // What doesn't fit a long is called negative, as Redis does.
    if (timeoutMs < 0 || timeoutMs >= Long.MAX_VALUE) {
      throw negative();
    }
    return (long) timeoutMs;
  }

  private static CommandException negative() {
    return new CommandException("ERR timeout is negative");
  }
}
