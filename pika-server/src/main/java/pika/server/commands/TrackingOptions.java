package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.server.session.ClientTracking;
import pika.server.session.ClientTracking.Mode;
import pika.server.session.Sessions;

/**
 * The options of CLIENT TRACKING after ON or OFF.
 *
 * @param redirect 0 for none
 * @param prefixes in the order given
 */
record TrackingOptions(
    boolean broadcast,
    boolean optIn,
    boolean optOut,
    boolean noLoop,
    long redirect,
    List<String> prefixes) {

  /** Parses the options; the client to redirect to must be connected. */
  static TrackingOptions parse(Options options, Sessions sessions) {
    boolean broadcast = false;
    boolean optIn = false;
    boolean optOut = false;
    boolean noLoop = false;
    long redirect = 0;
    List<String> prefixes = new ArrayList<>();
    while (options.hasNext()) {
      if (options.takeWithValue("REDIRECT")) {
        redirect = redirect(options, redirect, sessions);
      } else if (options.take("BCAST")) {
        broadcast = true;
      } else if (options.take("OPTIN")) {
        optIn = true;
      } else if (options.take("OPTOUT")) {
        optOut = true;
      } else if (options.take("NOLOOP")) {
        noLoop = true;
      } else if (options.takeWithValue("PREFIX")) {
        prefixes.add(Args.text(options.next()));
      } else {
        throw CommandException.syntax();
      }
    }
    return new TrackingOptions(broadcast, optIn, optOut, noLoop, redirect, prefixes);
  }

  private static long redirect(Options options, long before, Sessions sessions) {
    if (before != 0) {
      throw new CommandException("ERR A client can only redirect to a single other client");
    }
    long id = options.nextLong();
    if (sessions.find(id) == null) {
      throw new CommandException("ERR The client ID you want redirect to does not exist");
    }
    return id;
  }

  /**
   * Returns the new tracking mode of a client whose current one is {@code present}, null for none.
   */
  ClientTracking wishes(@Nullable ClientTracking present) {
    requireCompatible(present);
    TreeSet<String> all = new TreeSet<>();
    if (broadcast) {
      List<String> old = present == null ? List.of() : present.prefixes();
      requireNoOverlap(old);
      all.addAll(old);
      all.addAll(prefixes.isEmpty() ? List.of("") : prefixes);
    }
    return new ClientTracking(mode(), noLoop, redirect, List.copyOf(all));
  }

  private Mode mode() {
    if (broadcast) {
      return Mode.BROADCAST;
    }
    if (optIn) {
      return Mode.OPT_IN;
    }
    return optOut ? Mode.OPT_OUT : Mode.READS;
  }

  private void requireCompatible(@Nullable ClientTracking present) {
    if (!broadcast && !prefixes.isEmpty()) {
      throw new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
    }
    if (present != null && broadcast != (present.mode() == Mode.BROADCAST)) {
      throw switching("BCAST mode on/off");
    }
    if (broadcast && (optIn || optOut)) {
      throw new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
    }
    if (optIn && optOut) {
      throw new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
    }
    if (present != null
        && ((optIn && present.mode() == Mode.OPT_OUT)
            || (optOut && present.mode() == Mode.OPT_IN))) {
      throw switching("OPTIN/OPTOUT mode");
    }
  }

  private static CommandException switching(String what) {
    return new CommandException("ERR You can't switch " + what + " before disabling tracking for"
        + " this client, and then re-enabling it with a different mode.");
  }

  private void requireNoOverlap(List<String> old) {
    for (int i = 0; i < prefixes.size(); i++) {
      String prefix = prefixes.get(i);
      for (String other : old) {
        requireApart(prefix, other, "an existing prefix");
      }
      for (int j = i + 1; j < prefixes.size(); j++) {
        requireApart(prefix, prefixes.get(j), "another provided prefix");
      }
    }
  }

  private static void requireApart(String prefix, String other, String what) {
    if (prefix.startsWith(other) || other.startsWith(prefix)) {
      throw new CommandException("ERR Prefix '" + prefix + "' overlaps with " + what + " '" + other
          + "'. Prefixes for a single client must not overlap.");
    }
  }
}
