package pika.server.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.server.Connection;

/** All sessions, by connection id. Thread-safe. */
public final class Sessions {
  private final Supplier<@Nullable User> initialUser;
  private final Map<Long, Session> byId = new ConcurrentHashMap<>();

  /**
   * Creates the registry.
   *
   * @param initialUser supplies the user of a new connection; null if it has to log in first
   */
  public Sessions(Supplier<@Nullable User> initialUser) {
    this.initialUser = initialUser;
  }

  /** Creates the session of a new connection and attaches it. */
  public Session open(Connection connection) {
    Session session = new Session(connection, initialUser.get());
    connection.session(session);
    byId.put(session.id(), session);
    return session;
  }

  /** Removes the session of a connection that is gone. */
  public void close(Connection connection) {
    byId.remove(connection.id());
    Session.of(connection).subscriber().close();
    Session.of(connection).transaction().unwatch();
    Session.of(connection).transaction().close();
  }

  /**
   * Disconnects a client: the caller itself after its command, any other immediately. To everybody
   * else it is gone when this returns: it is no longer found, counted as a receiver of messages, or
   * served what it was blocked for. What is already on its way to it still arrives.
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

  /** Returns all sessions, oldest first. */
  public List<Session> all() {
    return byId.values().stream().sorted(Comparator.comparingLong(Session::id)).toList();
  }
}
