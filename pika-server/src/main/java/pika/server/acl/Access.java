package pika.server.acl;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.session.Session;
import pika.server.session.User;

/**
 * The check every command passes: is the client authenticated, and is its user allowed to do this.
 * For an unrestricted user it is one test. Refusals are logged. Thread-safe; a session is checked
 * on the thread that runs its commands.
 */
public final class Access {
  /** The context a command was called from, as refusals report it. */
  public enum Context {
    TOPLEVEL,
    MULTI,
    LUA;

    /** Returns the context of the session's current command, if it is not nested in another one. */
    static Context of(Session session) {
      return session.transaction().isOpen() ? MULTI : TOPLEVEL;
    }

    /** Returns the name that ACL LOG reports. */
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

  /**
   * Checks that the session may run a command.
   *
   * @throws CommandException with the error reply if it may not
   */
  public void check(Session session, CommandSpec spec, byte[][] args) {
    User user = session.user();
    if (user == null || !user.isUnrestricted()) {
      checkRestricted(session, spec, args);
    }
  }

  /**
   * Checks a command called by a script.
   *
   * @throws CommandException with the script's error if the client may not run it
   */
  public void checkInScript(Session session, CommandSpec spec, byte[][] args) {
    Denial denial = loggedDenial(session, spec, args, Context.LUA);
    if (denial != null) {
      throw new CommandException(denial.scriptText());
    }
  }

  /**
   * Checks a command that EXEC is about to run, which may have been allowed when it was queued.
   *
   * @throws CommandException with EXEC's error if it no longer is
   */
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

  /** Returns whether the session's user may run a call; logs nothing. */
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

  /**
   * Returns the session's user; a client that has not logged in becomes the default user once that
   * needs no password any more.
   */
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

  /**
   * Returns whether the user may run a call and read every key, which SORT requires for BY and GET.
   */
  public static boolean allowsReadingAllKeys(Session session, CommandSpec spec, byte[][] args) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowReadingAllKeys(spec, args);
  }

  /** Returns whether the session's user may subscribe to the channel. */
  public static boolean allowsChannel(Session session, byte[] channel) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowChannel(channel);
  }

  /** Returns whether the session's user may subscribe to the pattern. */
  public static boolean allowsChannelPattern(Session session, byte[] pattern) {
    return !(session.user() instanceof AclUser user)
        || user.isUnrestricted()
        || user.rules().allowChannelPattern(pattern);
  }
}
