package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.acl.Acl;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Row;
import pika.server.config.ConfigException;

/** The subcommands of ACL about the ACL file. */
final class AclFileCommands {
  private static final Logger LOG = LoggerFactory.getLogger(AclFileCommands.class);

  private static final String PER_USER = "O(N). Where N is the number of configured users.";
  private static final String NO_FILE =
      "ERR This Redis instance is not configured to use an ACL file. You may want to specify users"
          + " via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a"
          + " Redis configuration file set) in order to store users in the Redis configuration.";

  private final Acl acl;
  private final UserConnections connections;

  AclFileCommands(Acl acl, UserConnections connections) {
    this.acl = acl;
    this.connections = connections;
  }

  Row[] rows() {
    return new Row[] {
      command("load", 2, ADMIN, NOSCRIPT, LOADING, STALE)
          .is(SERVER, "6.0.0", PER_USER, "Replaces the users with those in the ACL file.", "")
          .onPool()
          .runs(this::load),
      command("save", 2, ADMIN, NOSCRIPT, LOADING, STALE)
          .is(SERVER, "6.0.0", PER_USER, "Saves the users to the ACL file.", "")
          .onPool()
          .runs(this::save)
    };
  }

  private Reply load(Call call) {
    Path file = file();
    try {
      connections.endOf(acl.load(file), call.session());
      connections.endOfListeners(call.session());
    } catch (ConfigException e) {
      throw new CommandException("ERR " + e.getMessage());
    }
    return Reply.OK;
  }

  private Reply save(Call call) {
    Path file = file();
    try {
      acl.save(file);
    } catch (ConfigException e) {
      LOG.warn("ACL SAVE failed, users are not saved: cannot write {}: {}", file, e.getMessage());
      throw new CommandException(
          "ERR There was an error trying to save the ACLs. Please check the server logs for more"
              + " information");
    }
    return Reply.OK;
  }

  private Path file() {
    Path file = acl.file();
    if (file == null) {
      throw new CommandException(NO_FILE);
    }
    return file;
  }
}
