package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.CommandException;

/** The one rule for the names clients give themselves: they must not break CLIENT LIST's lines. */
final class ClientNames {
  private ClientNames() {}

  /** The name as text. */
  static String check(byte[] name) {
    if (!isPrintable(name)) {
      throw new CommandException(
          "ERR Client names cannot contain spaces, newlines or special characters.");
    }
    return Args.text(name);
  }

  /** Whether all bytes are visible ASCII characters. */
  static boolean isPrintable(byte[] text) {
    for (byte b : text) {
      if (b < '!' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
