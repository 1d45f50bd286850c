package pika.server.commands;

import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CONNECTION;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Row;
import pika.server.session.ClientTracking;
import pika.server.session.ClientTracking.Mode;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.tracking.Tracking;

/** The subcommands of CLIENT about client-side caching. */
final class TrackingCommands {
  private final Sessions sessions;
  private final Tracking tracking;

  TrackingCommands(Sessions sessions, Tracking tracking) {
    this.sessions = sessions;
    this.tracking = tracking;
  }

  Row[] rows() {
    return new Row[] {
      own("tracking", -3)
          .is(
              CONNECTION,
              "6.0.0",
              "O(1). Some options may introduce additional complexity.",
              "Turns invalidation messages for client-side caching on or off.",
              "(ON|OFF) [REDIRECT client-id:integer] [PREFIX prefix]... [BCAST] [OPTIN] [OPTOUT]"
                  + " [NOLOOP]")
          .runs(this::track),
      own("caching", 3)
          .is(
              CONNECTION,
              "6.0.0",
              "O(1)",
              "Sets whether the keys of the next command are tracked.",
              "(YES|NO)")
          .runs(this::caching),
      own("getredir", 2)
          .is(
              CONNECTION,
              "6.0.0",
              "O(1)",
              "Returns the ID of the connection that receives the invalidation messages.",
              "")
          .runs(TrackingCommands::redirect),
      own("trackinginfo", 2)
          .is(
              CONNECTION,
              "6.2.0",
              "O(1)",
              "Returns the state of client-side caching for this connection.",
              "")
          .runs(TrackingCommands::info)
    };
  }

  private static Row own(String name, int arity) {
    return command(name, arity, NOSCRIPT, LOADING, STALE);
  }

  private Reply track(Call call) {
    TrackingOptions options = TrackingOptions.parse(call.optionsFrom(3), sessions);
    Session session = call.session();
    if (call.argIs(2, "ON")) {
      tracking.start(session, options.wishes(session.tracking()));
    } else if (call.argIs(2, "OFF")) {
      tracking.stop(session);
    } else {
      throw CommandException.syntax();
    }
    return Reply.OK;
  }

  private Reply caching(Call call) {
    Session session = call.session();
    ClientTracking wishes = session.tracking();
    if (wishes == null) {
      throw new CommandException("ERR CLIENT CACHING can be called only when the client is in"
          + " tracking mode with OPTIN or OPTOUT mode enabled");
    }
    if (call.argIs(2, "YES")) {
      require(wishes.mode() == Mode.OPT_IN, "YES", "OPTIN");
    } else if (call.argIs(2, "NO")) {
      require(wishes.mode() == Mode.OPT_OUT, "NO", "OPTOUT");
    } else {
      throw CommandException.syntax();
    }
    session.cachingSaid(true);
    return Reply.OK;
  }

  private static void require(boolean fits, String word, String mode) {
    if (!fits) {
      throw new CommandException("ERR CLIENT CACHING " + word
          + " is only valid when tracking is enabled in " + mode + " mode.");
    }
  }

  private static Reply redirect(Call call) {
    ClientTracking wishes = call.session().tracking();
    return Reply.integer(wishes == null ? -1 : wishes.redirect());
  }

  private static Reply info(Call call) {
    Session session = call.session();
    ClientTracking wishes = session.tracking();
    List<Reply> prefixes = new ArrayList<>();
    if (wishes != null) {
      wishes.prefixes().forEach(prefix -> prefixes.add(Reply.bulk(Args.bytes(prefix))));
    }
    return Reply.map(List.of(
        Reply.bulk("flags"), Reply.set(flags(session)),
        Reply.bulk("redirect"), redirect(call),
        Reply.bulk("prefixes"), Reply.array(prefixes)));
  }

  private static List<Reply> flags(Session session) {
    ClientTracking wishes = session.tracking();
    List<Reply> flags = new ArrayList<>();
    flags.add(Reply.bulk(wishes == null ? "off" : "on"));
    if (wishes == null) {
      return flags;
    }
    switch (wishes.mode()) {
      case READS -> {
        // The default mode has no flag.
      }
      case BROADCAST -> flags.add(Reply.bulk("bcast"));
      case OPT_IN -> addWithCaching(flags, "optin", "caching-yes", session);
      case OPT_OUT -> addWithCaching(flags, "optout", "caching-no", session);
    }
    if (wishes.noLoop()) {
      flags.add(Reply.bulk("noloop"));
    }
    if (session.isRedirectBroken()) {
      flags.add(Reply.bulk("broken_redirect"));
    }
    return flags;
  }

  private static void addWithCaching(
      List<Reply> flags, String mode, String caching, Session session) {
    flags.add(Reply.bulk(mode));
    if (session.cachingSaid()) {
      flags.add(Reply.bulk(caching));
    }
  }
}
