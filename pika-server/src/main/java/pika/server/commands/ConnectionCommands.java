package pika.server.commands;

import static pika.server.command.Flag.ALLOW_BUSY;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_AUTH;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CONNECTION;
import static pika.server.command.Row.command;

import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.acl.Acl;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.info.Version;
import pika.server.session.Session;
import pika.server.session.User;
import pika.server.tracking.Tracking;

/** Identification and protocol of a connection: HELLO, AUTH, SELECT, PING ... */
final class ConnectionCommands implements Family {
  private static final Flag[] ALWAYS_ALLOWED = {NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY
  };

  private static final String WRONG_PASSWORD =
      "WRONGPASS invalid username-password pair or user is disabled.";
  private static final String NO_PASSWORD_SET =
      "ERR AUTH <password> called without any password configured for the default user."
          + " Are you sure your configuration is correct?";
  private static final String HELLO_NEEDS_AUTH =
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
          + " HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client"
          + " and select the RESP protocol version at the same time";

  private final Acl acl;
  private final Tracking tracking;
  private final IntSupplier databases;

  /** Creates the family; {@code databases} supplies the number of databases. */
  ConnectionCommands(Acl acl, Tracking tracking, IntSupplier databases) {
    this.tracking = tracking;
    this.acl = acl;
    this.databases = databases;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("ping", -1, FAST)
            .is(
                CONNECTION,
                "1.0.0",
                "O(1)",
                "Returns PONG, or the message if one is given.",
                "[message]")
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .runs(this::ping),
        command("echo", 2, LOADING, STALE, FAST)
            .is(CONNECTION, "1.0.0", "O(1)", "Returns its argument.", "message")
            .runs(call -> Reply.bulk(call.arg(1))),
        command("auth", -2, ALWAYS_ALLOWED)
            .is(
                CONNECTION,
                "1.0.0",
                "O(N) where N is the number of passwords defined for the user",
                "Authenticates this connection.",
                "[username] password")
            .redacted(args -> Redaction.from(args, 1, args.length))
            .runs(this::auth),
        command("hello", -1, ALWAYS_ALLOWED)
            .is(
                CONNECTION,
                "6.0.0",
                "O(1)",
                "Negotiates the protocol version, and optionally authenticates and"
                    + " names this connection.",
                "[protover:integer [AUTH (username password)] [SETNAME clientname]]")
            .redacted(Redaction::ofHello)
            .runs(this::hello),
        command("select", 2, LOADING, STALE, FAST)
            .is(
                CONNECTION,
                "1.0.0",
                "O(1)",
                "Switches this connection to another database.",
                "index:integer")
            .runs(this::select),
        command("quit", -1, ALWAYS_ALLOWED)
            .is(CONNECTION, "1.0.0", "O(1)", "Closes this connection.", "")
            .runs(this::quit),
        command("reset", 1, ALWAYS_ALLOWED)
            .is(CONNECTION, "6.2.0", "O(1)", "Returns this connection to its initial state.", "")
            .runs(this::reset));
  }

  private Reply ping(Call call) {
    Session session = call.session();
    if (session.subscriber().isSubscribed() && session.protocol() == Protocol.RESP2) {
      return pingOfListener(call);
    }
    return switch (call.argCount()) {
      case 1 -> Reply.simple("PONG");
      case 2 -> Reply.bulk(call.arg(1));
      default -> throw CommandException.wrongArity(call.spec().fullName());
    };
  }

  /** Replies to PING in the form of a message, which is all a subscribed RESP2 client expects. */
  private static Reply pingOfListener(Call call) {
    if (call.argCount() > 2) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    Reply message = call.argCount() == 2 ? Reply.bulk(call.arg(1)) : Reply.bulk("");
    return Reply.array(Reply.bulk("pong"), message);
  }

  private Reply auth(Call call) {
    if (call.argCount() > 3) {
      throw CommandException.syntax();
    }
    if (call.argCount() == 3) {
      logIn(call, call.textArg(1), acl.users().authenticate(call.textArg(1), call.arg(2)));
      return Reply.OK;
    }
    if (!acl.users().passwordRequired()) {
      throw new CommandException(NO_PASSWORD_SET);
    }
    logIn(call, User.DEFAULT_NAME, acl.users().authenticate(call.arg(1)));
    return Reply.OK;
  }

  /** Logs the session in; a null user is a failed login. */
  private void logIn(Call call, String name, @Nullable User user) {
    if (user == null) {
      acl.log().addFailedLogin(call.textArg(0), name, call.session());
      throw new CommandException(WRONG_PASSWORD);
    }
    call.session().user(user);
  }

  // As in Redis 7.0, each option takes effect before the next is parsed.
  private Reply hello(Call call) {
    Session session = call.session();
    Protocol protocol = call.argCount() > 1 ? protocolArg(call) : session.protocol();
    Options options = call.optionsFrom(2);
    while (options.hasNext()) {
      if (options.remaining() > 2 && options.take("AUTH")) {
        String name = Args.text(options.next());
        logIn(call, name, acl.users().authenticate(name, options.next()));
      } else if (options.takeWithValue("SETNAME")) {
        session.name(ClientNames.check(options.next()));
      } else {
        String option = Args.text(options.next());
        throw new CommandException("ERR Syntax error in HELLO option '" + option + "'");
      }
    }
    if (!session.isAuthenticated()) {
      throw new CommandException(HELLO_NEEDS_AUTH);
    }
    return greet(session, protocol);
  }

  private static Reply greet(Session session, Protocol protocol) {
    session.protocol(protocol);
    Reply greeting = Reply.map(List.of(
        Reply.bulk("server"), Reply.bulk("redis"),
        Reply.bulk("version"), Reply.bulk(Version.REDIS),
        Reply.bulk("proto"), Reply.integer(protocol == Protocol.RESP3 ? 3 : 2),
        Reply.bulk("id"), Reply.integer(session.id()),
        Reply.bulk("mode"), Reply.bulk("standalone"),
        Reply.bulk("role"), Reply.bulk("master"),
        Reply.bulk("modules"), Reply.EMPTY_ARRAY));
    return Reply.protocol(protocol, greeting);
  }

  private static Protocol protocolArg(Call call) {
    long version =
        Args.parseLong(call.arg(1), "ERR Protocol version is not an integer or out of range");
    if (version == 2) {
      return Protocol.RESP2;
    }
    if (version == 3) {
      return Protocol.RESP3;
    }
    throw new CommandException("NOPROTO unsupported protocol version");
  }

  private Reply select(Call call) {
    int index = call.intArg(1);
    if (index < 0 || index >= databases.getAsInt()) {
      throw new CommandException("ERR DB index is out of range");
    }
    call.session().db(index);
    return Reply.OK;
  }

  private Reply quit(Call call) {
    call.session().closeAfterCommand();
    return Reply.OK;
  }

  private Reply reset(Call call) {
    tracking.stop(call.session());
    call.session().reset(acl.users().initialUser());
    return Reply.protocol(Protocol.RESP2, Reply.simple("RESET"));
  }
}
