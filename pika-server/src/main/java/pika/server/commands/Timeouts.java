package pika.server.commands;

import java.util.regex.Pattern;
import pika.server.command.Args;
import pika.server.command.CommandException;

/**
 * Parses timeouts, for which 0 means forever: in milliseconds for CLIENT PAUSE and WAIT, in seconds
 * for blocking commands.
 */
final class Timeouts {
  private static final int MS_PER_SECOND = 1000;

  /** Numbers that fit a long double of C but not a double. */
  private static final Pattern TOO_LARGE =
      Pattern.compile("[+-]?[1-9]\\d*(\\.\\d*)?[eE]\\+?([1-4]\\d{3}|[1-9]\\d{2})");

  private Timeouts() {}

  static long parseMs(byte[] arg) {
    long timeoutMs = Args.parseLong(arg, "ERR timeout is not an integer or out of range");
    if (timeoutMs < 0) {
      throw negative();
    }
    return timeoutMs;
  }

  /**
   * Converts seconds with a fraction to milliseconds, rounded up so that a short wait doesn't
   * become endless.
   */
  static long parseSeconds(byte[] arg) {
    // As in Redis, an overflow is reported as negative.
    if (TOO_LARGE.matcher(Args.text(arg)).matches()) {
      throw negative();
    }
    double seconds = Args.parseDouble(arg, "ERR timeout is not a float or out of range");
    double timeoutMs = Math.ceil(seconds * MS_PER_SECOND);
    if (timeoutMs < 0 || timeoutMs >= Long.MAX_VALUE) {
      throw negative();
    }
    return (long) timeoutMs;
  }

  private static CommandException negative() {
    return new CommandException("ERR timeout is negative");
  }
}
