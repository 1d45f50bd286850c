package pika.server.dispatch;

import java.util.Locale;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.config.ConfigKeys;
import pika.server.config.DebugCommand;
import pika.server.config.LiveConfig;
import pika.server.session.Session;

/**
 * A gate that allows DEBUG as far as {@code enable-debug-command} does, and never MODULE, because
 * there are no modules. Like an unknown command, a refused one aborts a transaction. Thread-safe.
 */
public final class Protection implements Gates.Gate {
  private static final String DEBUG = "debug";

  private final LiveConfig config;

  public Protection(LiveConfig config) {
    this.config = config;
  }

  @Override
  public void check(Session session, CommandSpec spec, byte[][] args) {
    if (!spec.has(Flag.PROTECTED)) {
      return;
    }
    String name = spec.fullName().split("\\|", 2)[0];
    if (!name.equals(DEBUG) || !allowsDebug(session)) {
      throw new CommandException(
          "ERR %s command not allowed. If the enable-%s-command option is set to \"local\", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server."
              .formatted(name.toUpperCase(Locale.ROOT), name));
    }
  }

  private boolean allowsDebug(Session session) {
    DebugCommand allowed = config.get(ConfigKeys.ENABLE_DEBUG_COMMAND);
    return allowed == DebugCommand.YES
        || (allowed == DebugCommand.LOCAL && session.connection().isLocal());
  }
}
