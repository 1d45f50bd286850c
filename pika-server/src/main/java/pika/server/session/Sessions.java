package pika.server.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pika.net.server.Connection;

/** All sessions, by the id of their connection. Safe for use by all threads. */
public final class Sessions {
  private final Users users;
  private final Map<Long, Session> byId = new ConcurrentHashMap<>();

  public Sessions(Users users) {
    this.users = users;
  }

  public Users users() {
    return users;
  }

  /** Makes the session of a new connection and attaches it there. */
  public Session open(Connection connection) {
    Session session = new Session(connection, users.initialUser());
    connection.session(session);
    byId.put(session.id(), session);
    return session;
  }

  /** Forgets the session of a connection that is gone. */
  public void close(Connection connection) {
    byId.remove(connection.id());
    Session.of(connection).subscriber().close();
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
