package pika.net.server;

import java.util.List;
import pika.net.resp.Request;

/**
 * What the server above does with connections and their requests. Every call comes on the event
 * loop that owns the connection and must not block: all other connections of that loop wait
 * meanwhile.
 *
 * <p>The order of calls on one loop:
 *
 * <pre>
 *   opened(a) .. received(a, [1 2 3]) received(b, [1]) passEnded .. received(a, [4]) passEnded
 *   .. inputEnded(a) .. closed(a)
 * </pre>
 *
 * An exception that escapes is a bug: it is logged, and closes the connections concerned.
 */
public interface RequestListener {

  /**
   * A client has connected; nothing of it has been read. To turn it away, {@link Connection#push}
   * an error and {@link Connection#closeAfterReplies}.
   */
  void opened(Connection connection);

  /**
   * The requests of one read, in order; the list is the listener's to keep. Every one must be
   * answered exactly once, by {@link Connection#reply}, now or later and from any thread, unless
   * the connection closes.
   */
  void received(Connection connection, List<Request> requests);

  /**
   * The loop has read from every socket that was ready; {@link #received} has been called since the
   * last pass. Replies given until this returns leave with one flush per connection.
   */
  void passEnded(Loop loop);

  /**
   * The client has closed its side: it sends no more, and is most likely gone. What it has sent is
   * still answered if that happens soon; whoever keeps one of its requests for long had better drop
   * it.
   */
  default void inputEnded(Connection connection) {}

  /**
   * The connection is gone; replies to it go nowhere from now on. Called once for every {@link
   * #opened}.
   */
  void closed(Connection connection);
}
