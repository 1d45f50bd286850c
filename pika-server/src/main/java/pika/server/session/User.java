package pika.server.session;

/** Someone who has logged in. What a user may do is decided in {@code pika.server.acl}. */
public interface User {
  /** The user every connection is before it says otherwise. */
  String DEFAULT_NAME = "default";

  /** The name with one char per byte. */
  String name();

  /** Whether the user may do everything, now: the one question asked for every command. */
  boolean isUnrestricted();

  /** The name under which a connection is shown that may not have logged in yet. */
  static String nameOf(Session session) {
    User user = session.user();
    return user == null ? DEFAULT_NAME : user.name();
  }
}
