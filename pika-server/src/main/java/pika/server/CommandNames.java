package pika.server;

import java.util.List;
import pika.server.command.CommandTable;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLine;

/** Commands are called as the {@code rename-command} lines of the configuration say. */
final class CommandNames {
  private CommandNames() {}

  /**
   * Takes over all lines in their order.
   *
   * @throws ConfigException naming the line that can't be
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
