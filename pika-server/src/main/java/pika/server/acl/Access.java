package pika.server.acl;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.session.Session;
import pika.server.session.User;

/**
 * The check every command passes: is somebody logged in, and may he do this. For a user without
 * restrictions it is one question. What is refused is logged. Safe for many threads; a session is
 * asked about on the thread that runs its commands.
 */
public final class Access {
  /** Where a command was called from; a refusal tells it. */
  public enum Context {
    TOPLEVEL,
    MULTI,
    LUA;

    /** Where the command comes from that the session runs, if it is not within another one. */
    static Context of(Session session) {
      return session.transaction().isOpen() ? MULTI : TOPLEVEL;
    }

    /** The name ACL LOG gives it. */
    public String redisName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Users users;
  private final AclLog log;

  public Access(Users users, AclLog log) {
    this.users = users;
    this.log = log;
  }

  /** Throws the error reply if the session may not run the command. */
  public void check(Session session, CommandSpec spec, byte[][] args) {
    User user = session.user();
    if (user == null || !user.isUnrestricted()) {
      checkRestricted(session, spec, args);
    }
  }

  /** Throws the error of a script whose client may not run a command that the script calls. */
  public void checkInScript(Session session, CommandSpec spec, byte[][] args) {
    Denial denial = loggedDenial(session, spec, args, Context.LUA);
    if (denial != null) {
      throw new CommandException(denial.scriptText());
    }
  }

  /** Throws the error of a command that EXEC may not run any more, though it was allowed when it was queued. */
  public void checkInExec(Session session, CommandSpec spec, byte[][] args) {
    Denial denial = loggedDenial(session, spec, args, Context.MULTI);
    if (denial != null) {
      throw new CommandException(denial.execText());
    }
  }

  private @Nullable Denial loggedDenial(
      Session session, CommandSpec spec, byte[][] args, Context context) {
    if (!(session.user() instanceof AclUser user)) {
      return null;
    }
    Denial denial = user.denial(spec, args);
    if (denial != null) {
      log.add(denial, context, user.name(), session);
    }
    return denial;
  }

  /** Whether the session's user may run a call; nothing is logged. */
  public static boolean allows(Session session, CommandSpec spec, byte[][] args) {
    return !(session.user() instanceof AclUser user) || user.denial(spec, args) == null;
  }

  private void checkRestricted(Session session, CommandSpec spec, byte[][] args) {
    if (userOf(session) == null) {
      if (spec.has(Flag.NO_AUTH)) {
        return;
      }
      throw new CommandException("NOAUTH Authentication required.");
    }
    Denial denial = loggedDenial(session, spec, args, Context.of(session));
    if (denial != null) {
      throw new CommandException(denial.errorText());
    }
  }

  /** Who has not logged in becomes the default user on the day that needs no password any more. */
  private @Nullable AclUser userOf(Session session) {
    if (session.user() == null) {
      User initial = users.initialUser();
      if (initial == null) {
        return null;
      }
      session.user(initial);
    }
    return (AclUser) session.user();
  }

  /** Whether a call may run and its user may read every key, which SORT needs for BY and GET. */
  public static boolean allowsReadingAllKeys(Session session, CommandSpec spec, byte[][] args) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowReadingAllKeys(spec, args);
  }

  /** Whether the session's user may listen to the channel. */
  public static boolean allowsChannel(Session session, byte[] channel) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowChannel(channel);
  }

  /** Whether the session's user may listen to all channels that match the pattern. */
  public static boolean allowsChannelPattern(Session session, byte[] pattern) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowChannelPattern(pattern);
  }
}
