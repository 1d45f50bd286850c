package pika.net.server;

import java.util.List;
import pika.net.resp.Request;

/**
 * What the server above does with connections and their requests. Every method is called on the
 * event loop that owns the connection and must not block, because all other connections of that
 * loop wait meanwhile.
 *
 * <p>The order of calls on one loop:
 *
 * <pre>
 *   opened(a) .. received(a, [1 2 3]) received(b, [1]) passEnded .. received(a, [4]) passEnded
 *   .. inputEnded(a) .. closed(a)
 * </pre>
 *
 * An exception that escapes is a bug: it is logged, and the connections concerned are closed.
 */
public interface RequestListener {

  /**
   * A client has connected; nothing has been read from it yet. To reject it,
   * {@link Connection#push} an error and call {@link Connection#closeAfterReplies}.
   */
  void opened(Connection connection);

  /**
   * The requests of one read, in order. The listener owns the list. Every request must be answered
   * exactly once, with {@link Connection#reply}, now or later, from any thread, unless the
   * connection closes.
   */
  void received(Connection connection, List<Request> requests);

  /**
   * The loop has read from every socket that was ready, and {@link #received} has been called since
   * the last pass. Replies given before this returns are sent with one flush per connection.
   */
  void passEnded(Loop loop);

  /**
   * The client has closed its side: it sends no more and is most likely gone. Its requests are
   * still answered if that happens soon; a request that would take long had better be dropped.
   */
  default void inputEnded(Connection connection) {}

  /**
   * The connection is closed; replies to it are discarded from now on. Called once for every {@link
   * #opened}.
   */
  void closed(Connection connection);
}
