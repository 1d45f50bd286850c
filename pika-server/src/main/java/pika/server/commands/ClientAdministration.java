package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CONNECTION;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pika.net.resp.Reply;
import pika.server.acl.Users;
import pika.server.blocking.Waiters;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.session.ClientPause;
import pika.server.session.Session;
import pika.server.session.Sessions;

/** The subcommands of CLIENT that administer all connections. */
final class ClientAdministration {
  /** With more connections than this, iterating over all of them would delay others. */
  private static final int CROWD = 256;

  private final Sessions sessions;
  private final Users users;
  private final ClientPause pause;
  private final Waiters waiters;

  ClientAdministration(Sessions sessions, Users users, ClientPause pause, Waiters waiters) {
    this.sessions = sessions;
    this.users = users;
    this.pause = pause;
    this.waiters = waiters;
  }

  Row[] rows() {
    return new Row[] {
      admin("list", -2)
          .is(
              CONNECTION,
              "2.4.0",
              "O(N) where N is the number of client connections",
              "Returns the open connections.",
              "[TYPE (NORMAL|MASTER|REPLICA|PUBSUB)] [ID client-id:integer...]")
          .tips("nondeterministic_output")
          .placed(this::slowIfCrowded)
          .runs(this::list),
      admin("kill", -3)
          .is(
              CONNECTION,
              "2.4.0",
              "O(N) where N is the number of client connections",
              "Closes the connections that match an address or filters.",
              "(ip:port:string|([ID client-id:integer]|[TYPE (NORMAL|MASTER|SLAVE|REPLICA|PUBSUB)]"
                  + "|[USER username]|[ADDR ip:port:string]|[LADDR ip:port:string]"
                  + "|[SKIPME yes/no]|[MAXAGE maxage:integer])...)")
          .placed(this::slowIfCrowded)
          .runs(this::kill),
      admin("pause", -3)
          .is(
              CONNECTION,
              "2.9.50",
              "O(1)",
              "Holds back all commands, or only writes, of every client for a time.",
              "timeout:integer [WRITE|ALL]")
          .runs(this::pause),
      admin("unpause", 2)
          .is(
              CONNECTION,
              "6.2.0",
              "O(N) Where N is the number of paused clients",
              "Ends a CLIENT PAUSE before its timeout.",
              "")
          .runs(this::unpause),
      admin("unblock", -3)
          .is(
              CONNECTION,
              "5.0.0",
              "O(log N) where N is the number of client connections",
              "Ends the blocking command of another client.",
              "client-id:integer [TIMEOUT|ERROR]")
          .runs(this::unblock)
    };
  }

  private static Row admin(String name, int arity) {
    return command(name, arity, ADMIN, NOSCRIPT, LOADING, STALE);
  }

  private Place slowIfCrowded(byte[][] args) {
    return sessions.size() > CROWD ? Place.SLOW : Place.LOOP;
  }

  private Reply list(Call call) {
    StringBuilder lines = new StringBuilder();
    for (Session session : listed(call)) {
      lines.append(ClientLine.of(session, call)).append('\n');
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
    return Reply.integer(kill(call, ClientFilter.parse(call, users)));
  }

  private int kill(Call call, ClientFilter filter) {
    int killed = 0;
    for (Session session : sessions.all()) {
      if (filter.matches(session, call.session())) {
        killed++;
        sessions.disconnect(session, call.session());
      }
    }
    return killed;
  }

  private Reply pause(Call call) {
    if (call.argCount() > 4) {
      throw CommandException.wrongSubcommand(call.textArg(1), "CLIENT");
    }
    ClientPause.Mode mode = ClientPause.Mode.ALL;
    if (call.argCount() == 4) {
      mode = switch (call.textArg(3).toUpperCase(Locale.ROOT)) {
        case "WRITE" -> ClientPause.Mode.WRITE;
        case "ALL" -> ClientPause.Mode.ALL;
        default -> throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
      };
    }
    // As in Redis 7.0, a pause beyond the range of time overflows and ends at once.
    pause.pause(mode, Timeouts.parseMs(call.arg(2)));
    return Reply.OK;
  }

  private Reply unpause(Call call) {
    pause.unpause();
    return Reply.OK;
  }

  private Reply unblock(Call call) {
    if (call.argCount() > 4) {
      throw CommandException.wrongSubcommand(call.textArg(1), "CLIENT");
    }
    boolean withError = call.argCount() == 4 && call.argIs(3, "ERROR");
    if (call.argCount() == 4 && !withError && !call.argIs(3, "TIMEOUT")) {
      throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    long id = call.longArg(2);
    boolean blocked = withError
        ? waiters.fail(id, "UNBLOCKED client unblocked via CLIENT UNBLOCK")
        : waiters.timeOut(id);
    return blocked ? Reply.ONE : Reply.ZERO;
  }
}
