package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.CommandException;

/** Timeouts in milliseconds, as CLIENT PAUSE and WAIT take them. */
final class Timeouts {
  private Timeouts() {}

  static long parseMs(byte[] arg) {
    long timeoutMs = Args.parseLong(arg, "ERR timeout is not an integer or out of range");
    if (timeoutMs < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    return timeoutMs;
  }
}
