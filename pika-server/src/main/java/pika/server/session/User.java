package pika.server.session;

/** An authenticated user. Permissions are decided in {@code pika.server.acl}. */
public interface User {
  /** The user of every new connection. */
  String DEFAULT_NAME = "default";

  /** Returns the name, with one char per byte. */
  String name();

  /**
   * Returns whether the user may currently do everything. Checked for every command, so it must be
   * cheap.
   */
  boolean isUnrestricted();

  /** Returns the user name to show for a session that may not have logged in yet. */
  static String nameOf(Session session) {
    User user = session.user();
    return user == null ? DEFAULT_NAME : user.name();
  }
}
