package pika.server.commands;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import pika.server.acl.Access;
import pika.server.acl.AclUser;
import pika.server.command.Args;
import pika.server.pubsub.Kind;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.session.User;

/**
 * Disconnects clients that must not survive a change of users. The client that caused it still gets
 * its reply.
 */
final class UserConnections {
  private final Sessions sessions;

  UserConnections(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Disconnects all clients logged in as one of these users. */
  void endOf(List<AclUser> gone, Session caller) {
    if (gone.isEmpty()) {
      return;
    }
    Set<User> users = Set.copyOf(gone);
    for (Session session : sessions.all()) {
      User user = session.user();
      if (user != null && users.contains(user)) {
        sessions.disconnect(session, caller);
      }
    }
  }

  /** Disconnects all clients subscribed to something their user may no longer receive. */
  void endOfListeners(Session caller) {
    for (Session session : sessions.all()) {
      if (session.subscriber().isSubscribed() && !mayListen(session)) {
        sessions.disconnect(session, caller);
      }
    }
  }

  private static boolean mayListen(Session session) {
    return may(session, Kind.CHANNEL, Access::allowsChannel)
        && may(session, Kind.SHARD_CHANNEL, Access::allowsChannel)
        && may(session, Kind.PATTERN, Access::allowsChannelPattern);
  }

  private static boolean may(Session session, Kind kind, BiPredicate<Session, byte[]> allowed) {
    return session.subscriber().names(kind).stream()
        .allMatch(name -> allowed.test(session, Args.bytes(name)));
  }
}
