package pika.server.dispatch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Request;
import pika.net.server.Connection;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.session.Session;
import pika.server.session.Sessions;

/**
 * Each command is a task on the pool. The reads of a connection run in parallel; anything else
 * waits for all before it, and what follows waits for that. Replies arrive in any order and are
 * sorted by the connection's queue.
 */
final class TaskModel extends PooledModel {
  private final Map<Connection, Turnstile> turnstiles = new ConcurrentHashMap<>();

  TaskModel(Services services, Sessions sessions, int threads) {
    super(services, sessions, threads);
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    turnstiles.computeIfAbsent(connection, c -> new Turnstile(Session.of(c))).add(requests);
  }

  @Override
  public void closed(Connection connection) {
    turnstiles.remove(connection);
    super.closed(connection);
  }

  private boolean isRead(Request request) {
    CommandSpec spec = services().table().find(request.args());
    return spec != null && spec.has(Flag.READONLY);
  }

  /** Lets the requests of one connection start as soon as their order allows. Guarded by itself. */
  private final class Turnstile {
    private final Session session;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int running;
    private boolean alone;

    Turnstile(Session session) {
      this.session = session;
    }

    synchronized void add(Collection<Request> requests) {
      waiting.addAll(requests);
      letPass();
    }

    private synchronized void passed() {
      running--;
      alone = false;
      letPass();
    }

    private void letPass() {
      Request request;
      while ((request = next()) != null) {
        waiting.remove();
        running++;
        pool().execute(task(request));
      }
    }

    private @Nullable Request next() {
      Request request = waiting.peek();
      if (request == null || alone) {
        return null;
      }
      boolean read = isRead(request);
      if (!read && running > 0) {
        return null;
      }
      alone = !read;
      return request;
    }

    private PortionTask task(Request request) {
      List<Portion> portions = List.of(new Portion(session, List.of(request)));
      return new PortionTask(services(), portions, 1, task -> {
        task.deliver();
        passed();
      });
    }
  }
}
