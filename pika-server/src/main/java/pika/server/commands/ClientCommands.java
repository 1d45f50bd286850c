package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CONNECTION;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.session.ClientPause;
import pika.server.session.ReplyMode;
import pika.server.session.Session;
import pika.server.session.Sessions;

/** CLIENT: what a connection says about itself, and what administrators do with all of them. */
final class ClientCommands implements Family {
  private final Sessions sessions;
  private final ClientPause pause;

  ClientCommands(Sessions sessions, ClientPause pause) {
    this.sessions = sessions;
    this.pause = pause;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("client")
        .is(CONNECTION, "2.4.0", "Asks about connections and manages them.")
        .with(aboutMyself())
        .with(aboutTracking())
        .with(aboutAll())
        .with(help(CONNECTION, "5.0.0")));
  }

  private Row[] aboutMyself() {
    return new Row[] {
      own("id", 2)
          .is(CONNECTION, "5.0.0", "O(1)", "Tells the connection's id.", "")
          .runs(this::id),
      own("info", 2)
          .is(CONNECTION, "6.2.0", "O(1)", "Tells all about the connection.", "")
          .tips("nondeterministic_output")
          .runs(this::info),
      own("getname", 2)
          .is(CONNECTION, "2.6.9", "O(1)", "Tells the connection's name.", "")
          .runs(this::getName),
      own("setname", 3)
          .is(CONNECTION, "2.6.9", "O(1)", "Names the connection.", "connection-name")
          .runs(this::setName),
      own("setinfo", 4)
          .is(
              CONNECTION,
              "7.2.0",
              "O(1)",
              "Tells which library the client uses.",
              "(LIB-NAME libname|LIB-VER libver)")
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .runs(this::setInfo),
      own("reply", 3)
          .is(CONNECTION, "3.2.0", "O(1)", "Says which replies to send.", "(ON|OFF|SKIP)")
          .runs(this::reply),
      admin("no-evict", 3)
          .is(
              CONNECTION,
              "7.0.0",
              "O(1)",
              "Spares the connection when memory for clients runs out.",
              "(ON|OFF)")
          .runs(this::noEvict),
      own("no-touch", 3)
          .is(
              CONNECTION,
              "7.2.0",
              "O(1)",
              "Says whether the connection's commands count as uses of the keys.",
              "(ON|OFF)")
          .runs(this::noTouch)
    };
  }

  private Row[] aboutTracking() {
    return new Row[] {
      own("getredir", 2)
          .is(CONNECTION, "6.0.0", "O(1)", "Tells the connection that invalidations go to.", "")
          .runs(call -> Reply.integer(-1)),
      own("trackinginfo", 2)
          .is(CONNECTION, "6.2.0", "O(1)", "Tells how the connection tracks keys.", "")
          .runs(call -> trackingOff())
    };
  }

  private Row[] aboutAll() {
    return new Row[] {
      admin("list", -2)
          .is(
              CONNECTION,
              "2.4.0",
              "O(N) where N is the number of client connections",
              "Lists the connections.",
              "[TYPE (NORMAL|MASTER|REPLICA|PUBSUB)] [ID client-id:integer...]")
          .tips("nondeterministic_output")
          .runs(this::list),
      admin("kill", -3)
          .is(
              CONNECTION,
              "2.4.0",
              "O(N) where N is the number of client connections",
              "Closes connections.",
              "(ip:port:string|([ID client-id:integer]|[TYPE (NORMAL|MASTER|SLAVE|REPLICA|PUBSUB)]"
                  + "|[USER username]|[ADDR ip:port:string]|[LADDR ip:port:string]|[SKIPME yes/no])...)")
          .runs(this::kill),
      admin("pause", -3)
          .is(
              CONNECTION,
              "2.9.50",
              "O(1)",
              "Holds back the commands of all clients, or those that write.",
              "timeout:integer [WRITE|ALL]")
          .runs(this::pause),
      admin("unpause", 2)
          .is(
              CONNECTION,
              "6.2.0",
              "O(N) Where N is the number of paused clients",
              "Ends a pause.",
              "")
          .runs(this::unpause),
      admin("unblock", -3)
          .is(
              CONNECTION,
              "5.0.0",
              "O(log N) where N is the number of client connections",
              "Wakes a client out of a blocking command.",
              "client-id:integer [TIMEOUT|ERROR]")
          .runs(this::unblock)
    };
  }

  private static Row own(String name, int arity) {
    return command(name, arity, NOSCRIPT, LOADING, STALE);
  }

  private static Row admin(String name, int arity) {
    return command(name, arity, ADMIN, NOSCRIPT, LOADING, STALE);
  }

  private Reply id(Call call) {
    return Reply.integer(call.session().id());
  }

  private Reply info(Call call) {
    return Reply.verbatim("txt", ClientLine.of(call.session(), call.nowMs()) + "\n");
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

  private static Reply trackingOff() {
    return Reply.map(List.of(
        Reply.bulk("flags"), Reply.set(List.of(Reply.bulk("off"))),
        Reply.bulk("redirect"), Reply.integer(-1),
        Reply.bulk("prefixes"), Reply.EMPTY_ARRAY));
  }

  private Reply list(Call call) {
    StringBuilder lines = new StringBuilder();
    for (Session session : listed(call)) {
      lines.append(ClientLine.of(session, call.nowMs())).append('\n');
    }
    return Reply.verbatim("txt", lines.toString());
  }

  private List<Session> listed(Call call) {
    if (call.argCount() == 2) {
      return sessions.all();
    }
    if (call.argCount() == 4 && call.argIs(2, "TYPE")) {
      ClientFilter.ClientType type = ClientFilter.ClientType.parse(call.arg(3));
      return sessions.all().stream().filter(type::includes).toList();
    }
    if (call.argCount() > 3 && call.argIs(2, "ID")) {
      return withIds(call);
    }
    throw CommandException.syntax();
  }

  private List<Session> withIds(Call call) {
    List<Session> found = new ArrayList<>();
    for (int i = 3; i < call.argCount(); i++) {
      Session session = sessions.find(Args.parseLong(call.arg(i), "ERR Invalid client ID"));
      if (session != null) {
        found.add(session);
      }
    }
    return found;
  }

  private Reply kill(Call call) {
    if (call.argCount() == 3) {
      if (kill(call, ClientFilter.address(call.textArg(2))) == 0) {
        throw new CommandException("ERR No such client");
      }
      return Reply.OK;
    }
    return Reply.integer(kill(call, ClientFilter.parse(call)));
  }

  private int kill(Call call, ClientFilter filter) {
    int killed = 0;
    for (Session session : sessions.all()) {
      if (filter.matches(session, call.session())) {
        killed++;
        if (session == call.session()) {
          session.closeAfterCommand();
        } else {
          session.connection().close();
        }
      }
    }
    return killed;
  }

  private Reply pause(Call call) {
    ClientPause.Mode mode = ClientPause.Mode.ALL;
    if (call.argCount() == 4) {
      mode = switch (call.textArg(3).toUpperCase(Locale.ROOT)) {
        case "WRITE" -> ClientPause.Mode.WRITE;
        case "ALL" -> ClientPause.Mode.ALL;
        default -> throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
      };
    }
    // Like Redis 7.0, a pause that would outlast time itself overflows, and is over at once.
    pause.pause(mode, call.nowMs() + Timeouts.parseMs(call.arg(2)));
    return Reply.OK;
  }

  private Reply unpause(Call call) {
    pause.unpause();
    return Reply.OK;
  }

  // No command of ours blocks, so there is never a client to wake.
  private Reply unblock(Call call) {
    if (call.argCount() == 4 && !call.argIs(3, "TIMEOUT") && !call.argIs(3, "ERROR")) {
      throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    call.longArg(2);
    return Reply.ZERO;
  }
}
