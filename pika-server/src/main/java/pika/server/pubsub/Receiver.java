package pika.server.pubsub;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.server.Connection;

/** Someone whom messages are brought to. */
public interface Receiver {
  /** Where its messages go, and whose loop brings them. */
  Connection connection();

  /**
   * Gives it a message. On the connection's loop.
   *
   * @param origin the request that caused the message; null if none did
   */
  void receive(Reply message, @Nullable Origin origin);
}
