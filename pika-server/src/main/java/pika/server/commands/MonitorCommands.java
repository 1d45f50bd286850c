package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.pubsub.Kind;
import pika.server.pubsub.PubSub;
import pika.server.session.Session;

/** MONITOR: shows all commands as they run. */
final class MonitorCommands implements Family {
  private final PubSub pubSub;

  MonitorCommands(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public List<Row> commands() {
    return List.of(command("monitor", 1, ADMIN, NOSCRIPT, LOADING, STALE)
        .is(
            SERVER,
            "1.0.0",
            "O(1)",
            "Streams the commands of all clients as they are executed.",
            "")
        .runs(this::monitor));
  }

  /** Starts monitoring; as in Redis, a second MONITOR has no reply. */
  private Reply monitor(Call call) {
    Session session = call.session();
    if (session.transaction().isOpen()) {
      throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
    }
    if (session.subscriber().isMonitoring()) {
      return Reply.NONE;
    }
    pubSub.subscribe(session.subscriber(), Kind.MONITOR, "", session.sequence());
    return Reply.OK;
  }
}
