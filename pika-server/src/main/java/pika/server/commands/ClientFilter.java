package pika.server.commands;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.net.server.ClientClass;
import pika.server.acl.Users;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.server.session.Session;
import pika.server.session.User;

/**
 * The clients that CLIENT KILL selects: those that match all given filters.
 *
 * @param skipMe whether the caller is exempt
 * @param openedUntil the latest Unix second in which they were opened
 */
record ClientFilter(
    @Nullable Long id,
    @Nullable ClientType type,
    @Nullable String address,
    @Nullable String localAddress,
    @Nullable String user,
    boolean skipMe,
    long openedUntil) {

  /** The types of clients that can be selected; the server is no replica and so has no master. */
  enum ClientType {
    NORMAL,
    MASTER,
    REPLICA,
    PUBSUB;

    static ClientType parse(byte[] arg) {
      String name = Args.text(arg).toLowerCase(Locale.ROOT);
      return switch (name) {
        case "normal" -> NORMAL;
        case "master" -> MASTER;
        case "replica", "slave" -> REPLICA;
        case "pubsub" -> PUBSUB;
        default -> throw new CommandException("ERR Unknown client type '" + Args.text(arg) + "'");
      };
    }

    boolean includes(Session session) {
      boolean replica = session.connection().clientClass() == ClientClass.REPLICA;
      boolean subscribed = session.subscriber().isSubscribed();
      return switch (this) {
        case NORMAL -> !replica && !subscribed;
        case MASTER -> false;
        case REPLICA -> replica;
        case PUBSUB -> subscribed;
      };
    }
  }

  /**
   * Returns the filter for all clients with this address, including the caller: the first form of
   * CLIENT KILL.
   */
  static ClientFilter address(String address) {
    return new ClientFilter(null, null, address, null, null, false, Long.MAX_VALUE);
  }

  /** Parses the second form of CLIENT KILL; if a filter is repeated, the last one applies. */
  static ClientFilter parse(Call call, Users users) {
    Long id = null;
    ClientType type = null;
    String address = null;
    String localAddress = null;
    String user = null;
    boolean skipMe = true;
    long openedUntil = Long.MAX_VALUE;
    Options options = call.optionsFrom(2);
    while (options.hasNext()) {
      if (options.takeWithValue("ID")) {
        id = id(options.next());
      } else if (options.takeWithValue("TYPE")) {
        type = ClientType.parse(options.next());
      } else if (options.takeWithValue("ADDR")) {
        address = Args.text(options.next());
      } else if (options.takeWithValue("LADDR")) {
        localAddress = Args.text(options.next());
      } else if (options.takeWithValue("USER")) {
        user = user(options.next(), users);
      } else if (options.takeWithValue("SKIPME")) {
        skipMe = yesOrNo(options);
      } else if (options.takeWithValue("MAXAGE")) {
        openedUntil = call.nowMs() / 1000 - age(options.next());
      } else {
        throw CommandException.syntax();
      }
    }
    return new ClientFilter(id, type, address, localAddress, user, skipMe, openedUntil);
  }

  private static long id(byte[] arg) {
    String errorText = "ERR client-id should be greater than 0";
    long id = Args.parseLong(arg, errorText);
    if (id < 1) {
      throw new CommandException(errorText);
    }
    return id;
  }

  private static long age(byte[] arg) {
    long seconds = Args.parseLong(arg, "ERR maxage is not an integer or out of range");
    if (seconds < 1) {
      throw new CommandException("ERR maxage should be greater than 0");
    }
    return seconds;
  }

  private static String user(byte[] arg, Users users) {
    String name = Args.text(arg);
    if (users.find(name) == null) {
      throw new CommandException("ERR No such user '" + name + "'");
    }
    return name;
  }

  private static boolean yesOrNo(Options options) {
    if (options.take("YES")) {
      return true;
    }
    if (options.take("NO")) {
      return false;
    }
    throw CommandException.syntax();
  }

  boolean matches(Session session, Session caller) {
    return (id == null || id == session.id())
        && (type == null || type.includes(session))
        && (address == null || address.equals(session.connection().remoteAddress()))
        && (localAddress == null || localAddress.equals(session.connection().localAddress()))
        && (user == null || user.equals(User.nameOf(session)))
        && session.connection().createdAtMs() / 1000 <= openedUntil
        && !(skipMe && session == caller);
  }
}
