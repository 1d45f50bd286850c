package pika.server;

import java.util.List;
import pika.server.command.CommandTable;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLine;

/** Applies the {@code rename-command} lines of the configuration. */
final class CommandNames {
  private CommandNames() {}

  /**
   * Applies all lines in order.
   *
   * @throws ConfigException for the first line that is invalid
   */
  static void apply(Config config, CommandTable table) {
    for (ConfigLine line : config.get(ConfigKeys.RENAME_COMMAND)) {
      List<String> words = line.words();
      if (words.size() != 2) {
        throw line.refused("Bad directive or wrong number of arguments");
      }
      try {
        table.rename(words.get(0), words.get(1));
      } catch (IllegalArgumentException e) {
        throw line.refused(String.valueOf(e.getMessage()));
      }
    }
  }
}
