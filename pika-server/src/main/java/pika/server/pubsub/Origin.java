package pika.server.pubsub;

import pika.net.server.Connection;

/**
 * The request that causes a message, and where its own client hears it, should it listen.
 *
 * @param sequence the request's place on its connection
 */
public record Origin(Connection connection, long sequence, Place place) {
  /** Where a message stands, seen from the reply to the request that caused it. */
  public enum Place {
    BEFORE_REPLY,
    AFTER_REPLY
  }
}
