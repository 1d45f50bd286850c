package pika.server.acl;

import java.util.Locale;
import pika.server.command.Args;

/**
 * Why a command may not run.
 *
 * @param position index of the forbidden argument, 0 for the command itself
 * @param object the command's full name, the key or the channel, one char per byte
 */
public record Denial(Reason reason, int position, String object) {
  /** What was forbidden; a later constant takes precedence if several selectors refuse. */
  public enum Reason {
    COMMAND,
    KEY,
    /** A login that failed. */
    AUTH,
    CHANNEL;

    /** Returns the name that ACL LOG reports. */
    public String redisName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns whether this selector got further than the other, so that its reason is the one to
   * report.
   */
  boolean isFurtherThan(Denial other) {
    int byReason = reason.compareTo(other.reason);
    return byReason > 0 || (byReason == 0 && position > other.position);
  }

  /** Returns the error reply to a refused command. */
  public String errorText() {
    String what = "NOPERM this user has no permissions to ";
    return switch (reason) {
      case COMMAND -> what + "run the '" + object + "' command";
      case KEY -> what + "access one of the keys used as arguments";
      case CHANNEL -> what + "access one of the channels used as arguments";
      case AUTH -> what + "log in";
    };
  }

  /** Returns the error for a command called by a script. */
  public String scriptText() {
    String who = "ERR The user executing the script can't ";
    return switch (reason) {
      case COMMAND -> who + "run this command or subcommand";
      case KEY -> who + "access at least one of the keys mentioned in the command arguments";
      case CHANNEL -> who + "publish to the channel mentioned in the command";
      case AUTH -> who + "log in";
    };
  }

  /** Returns the error in EXEC's reply for a command that was allowed when it was queued. */
  public String execText() {
    String what = "NOPERM ACLs rules changed between the moment the transaction was accumulated and"
        + " the EXEC call. This command is no longer allowed for the following reason: no"
        + " permission ";
    return switch (reason) {
      case COMMAND -> what + "to execute the command or subcommand";
      case KEY -> what + "to touch the specified keys";
      case CHANNEL -> what + "to access one of the channels used as arguments";
      case AUTH -> what + "to log in";
    };
  }

  /** Returns the reply of ACL DRYRUN; it may name the key, since nothing has happened. */
  public String dryRunText() {
    String what = "This user has no permissions to ";
    return switch (reason) {
      case COMMAND -> what + "run the '" + object + "' command";
      case KEY -> what + "access the '" + Args.printed(object) + "' key";
      case CHANNEL -> what + "access the '" + Args.printed(object) + "' channel";
      case AUTH -> what + "log in";
    };
  }
}
