package pika.server.pubsub;

import pika.net.server.Connection;

/**
 * The request that causes a message, and where its own client, if subscribed, receives it.
 *
 * @param sequence the request's sequence number on its connection
 */
public record Origin(Connection connection, long sequence, Place place) {
  /** The position of a message relative to the reply to the request that caused it. */
  public enum Place {
    BEFORE_REPLY,
    AFTER_REPLY
  }
}
