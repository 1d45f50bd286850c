package pika.server.dispatch;

import org.jspecify.annotations.Nullable;
import pika.net.server.Connection;

/** Decides about new connections. Safe for many threads. */
@FunctionalInterface
public interface Admission {
  /** The error with which a client is turned away before it has said anything; null to let it in. */
  @Nullable
  String refusal(Connection connection);
}
