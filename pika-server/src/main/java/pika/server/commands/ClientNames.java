package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.CommandException;

/** Validates the names clients give themselves: they must not break the lines of CLIENT LIST. */
final class ClientNames {
  private ClientNames() {}

  /**
   * Returns the name as text.
   *
   * @throws CommandException if it is invalid
   */
  static String check(byte[] name) {
    if (!isPrintable(name)) {
      throw new CommandException(
          "ERR Client names cannot contain spaces, newlines or special characters.");
    }
    return Args.text(name);
  }

  /** Returns whether all bytes are visible ASCII characters. */
  static boolean isPrintable(byte[] text) {
    for (byte b : text) {
      if (b < '!' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
