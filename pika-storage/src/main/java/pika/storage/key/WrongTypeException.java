package pika.storage.key;

/** The key holds a value of another type than the operation is for. */
public final class WrongTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An answer to a user's mistake: no stack trace. */
  public WrongTypeException() {
    super("wrong type", null, false, false);
  }
}
