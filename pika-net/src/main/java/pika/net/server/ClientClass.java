package pika.net.server;

/** Kinds of clients that have different limits on unread output; Redis' three classes. */
public enum ClientClass {
  NORMAL,
  REPLICA,
  PUBSUB
}
