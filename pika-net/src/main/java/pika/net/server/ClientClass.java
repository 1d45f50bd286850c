package pika.net.server;

/** Redis' three client classes, each with its own limit on unread output. */
public enum ClientClass {
  NORMAL,
  REPLICA,
  PUBSUB
}
