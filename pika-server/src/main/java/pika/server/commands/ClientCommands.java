package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CONNECTION;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.acl.Users;
import pika.server.blocking.Waiters;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.session.ClientPause;
import pika.server.session.ReplyMode;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.tracking.Tracking;

/** CLIENT: information about and settings of a connection. */
final class ClientCommands implements Family {
  private final ClientAdministration administration;
  private final TrackingCommands tracking;

  ClientCommands(
      Sessions sessions, Users users, ClientPause pause, Waiters waiters, Tracking tracking) {
    this.tracking = new TrackingCommands(sessions, tracking);
    this.administration = new ClientAdministration(sessions, users, pause, waiters);
  }

  @Override
  public List<Row> commands() {
    return List.of(container("client")
        .is(CONNECTION, "2.4.0", "Inspects and manages client connections.")
        .with(aboutMyself())
        .with(tracking.rows())
        .with(administration.rows())
        .with(help(CONNECTION, "5.0.0")));
  }

  private Row[] aboutMyself() {
    return new Row[] {
      own("id", 2)
          .is(CONNECTION, "5.0.0", "O(1)", "Returns the ID of this connection.", "")
          .runs(this::id),
      own("info", 2)
          .is(CONNECTION, "6.2.0", "O(1)", "Returns the properties of this connection.", "")
          .tips("nondeterministic_output")
          .runs(this::info),
      own("getname", 2)
          .is(CONNECTION, "2.6.9", "O(1)", "Returns the name of this connection.", "")
          .runs(this::getName),
      own("setname", 3)
          .is(CONNECTION, "2.6.9", "O(1)", "Sets the name of this connection.", "connection-name")
          .runs(this::setName),
      own("setinfo", 4)
          .is(
              CONNECTION,
              "7.2.0",
              "O(1)",
              "Records the name or version of the client library.",
              "(LIB-NAME libname|LIB-VER libver)")
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .runs(this::setInfo),
      own("reply", 3)
          .is(
              CONNECTION,
              "3.2.0",
              "O(1)",
              "Turns replies to this connection on or off.",
              "(ON|OFF|SKIP)")
          .runs(this::reply),
      command("no-evict", 3, ADMIN, NOSCRIPT, LOADING, STALE)
          .is(
              CONNECTION,
              "7.0.0",
              "O(1)",
              "Excludes this connection from client eviction.",
              "(ON|OFF)")
          .runs(this::noEvict),
      own("no-touch", 3)
          .is(
              CONNECTION,
              "7.2.0",
              "O(1)",
              "Sets whether this connection's commands update the access time of keys.",
              "(ON|OFF)")
          .runs(this::noTouch)
    };
  }

  private static Row own(String name, int arity) {
    return command(name, arity, NOSCRIPT, LOADING, STALE);
  }

  private Reply id(Call call) {
    return Reply.integer(call.session().id());
  }

  private Reply info(Call call) {
    return Reply.verbatim("txt", ClientLine.of(call.session(), call) + "\n");
  }

  private Reply getName(Call call) {
    String name = call.session().name();
    return name.isEmpty() ? Reply.NULL : Reply.bulk(name);
  }

  private Reply setName(Call call) {
    call.session().name(ClientNames.check(call.arg(2)));
    return Reply.OK;
  }

  private Reply setInfo(Call call) {
    boolean isName = call.argIs(2, "LIB-NAME");
    if (!isName && !call.argIs(2, "LIB-VER")) {
      throw new CommandException("ERR Unrecognized option '" + call.textArg(2) + "'");
    }
    if (!ClientNames.isPrintable(call.arg(3))) {
      throw new CommandException(
          "ERR " + call.textArg(2) + " cannot contain spaces, newlines or special characters.");
    }
    if (isName) {
      call.session().libName(call.textArg(3));
    } else {
      call.session().libVersion(call.textArg(3));
    }
    return Reply.OK;
  }

  private Reply reply(Call call) {
    Session session = call.session();
    if (call.argIs(2, "ON")) {
      session.replyMode(ReplyMode.ON);
    } else if (call.argIs(2, "OFF")) {
      session.replyMode(ReplyMode.OFF);
    } else if (call.argIs(2, "SKIP")) {
      session.skipNextReply();
    } else {
      throw CommandException.syntax();
    }
    return Reply.OK;
  }

  private Reply noEvict(Call call) {
    call.session().noEvict(call.onOffArg(2));
    return Reply.OK;
  }

  private Reply noTouch(Call call) {
    call.session().noTouch(call.onOffArg(2));
    return Reply.OK;
  }
}
