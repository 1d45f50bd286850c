package pika.server.dispatch;

import org.jspecify.annotations.Nullable;
import pika.net.server.Connection;

/** Decides whether new connections are let in. Thread-safe. */
@FunctionalInterface
public interface Admission {
  /**
   * Returns the error with which a client is turned away before it has sent anything; null to let
   * it in.
   */
  @Nullable
  String refusal(Connection connection);
}
