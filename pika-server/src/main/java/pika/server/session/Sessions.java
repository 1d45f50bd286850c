package pika.server.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.server.Connection;

/** All sessions, by the id of their connection. Safe for use by all threads. */
public final class Sessions {
  private final Supplier<@Nullable User> initialUser;
  private final Map<Long, Session> byId = new ConcurrentHashMap<>();

  /** {@code initialUser} tells who a new connection is; null if it has to log in first. */
  public Sessions(Supplier<@Nullable User> initialUser) {
    this.initialUser = initialUser;
  }

  /** Makes the session of a new connection and attaches it there. */
  public Session open(Connection connection) {
    Session session = new Session(connection, initialUser.get());
    connection.session(session);
    byId.put(session.id(), session);
    return session;
  }

  /** Forgets the session of a connection that is gone. */
  public void close(Connection connection) {
    byId.remove(connection.id());
    Session.of(connection).subscriber().close();
    Session.of(connection).transaction().unwatch();
    Session.of(connection).transaction().close();
  }

  /**
   * Disconnects a client: the caller itself after its command, anybody else at once, as far as others can tell when this returns.
   * Nobody finds it then, no message is counted as heard by it, nothing goes to it that it has waited for. What is on the way to it
   * still arrives.
   */
  public void disconnect(Session session, Session caller) {
    session.closeAfterCommand();
    if (session != caller) {
      byId.remove(session.id());
      session.subscriber().close();
      session.connection().closeSoon();
    }
  }

  public @Nullable Session find(long id) {
    return byId.get(id);
  }

  public int size() {
    return byId.size();
  }

  /** All sessions, oldest first. */
  public List<Session> all() {
    return byId.values().stream().sorted(Comparator.comparingLong(Session::id)).toList();
  }
}
