package pika.net.server;

/**
 * Takes sockets out of the readiness set of their loop and puts them back, one system call each:
 * what a server does that has no other way to keep the replies of a connection in order. Only for
 * measuring what that costs. On the connection's loop.
 */
public final class Registration {
  private Registration() {}

  public static void suspend(Connection connection) {
    connection.channel().config().setAutoRead(false);
  }

  public static void resume(Connection connection) {
    connection.channel().config().setAutoRead(true);
  }
}
