package pika.server.pubsub;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.server.Connection;

/** A receiver of messages. */
public interface Receiver {
  /** Returns the connection its messages go to; that connection's loop delivers them. */
  Connection connection();

  /**
   * Receives a message, on the connection's loop.
   *
   * @param origin the request that caused the message; null if none did
   */
  void receive(Reply message, @Nullable Origin origin);
}
