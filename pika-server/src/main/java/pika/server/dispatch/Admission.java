package pika.server.dispatch;

import pika.net.server.Connection;

/** Decides about new connections. Safe for many threads. */
@FunctionalInterface
public interface Admission {
  /** Whether the client is turned away before it has said anything. */
  boolean refuses(Connection connection);
}
