package pika.server.session;

/** Someone who has logged in. What a user may do is decided where the user is made. */
public record User(String name) {
  /** The user every connection is before it says otherwise. */
  public static final User DEFAULT = new User("default");
}
