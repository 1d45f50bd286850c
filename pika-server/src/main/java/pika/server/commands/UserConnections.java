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
 * Ends the connections that must not outlive a change of users. Whoever caused the change still
 * sees the reply.
 */
final class UserConnections {
  private final Sessions sessions;

  UserConnections(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Disconnects everybody who has logged in as one of these. */
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

  /** Disconnects everybody who listens to what his user may not hear, now that rules have changed. */
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
