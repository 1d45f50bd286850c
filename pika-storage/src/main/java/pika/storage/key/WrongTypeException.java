package pika.storage.key;

/** Thrown when a key holds a value of another type than the operation expects. */
public final class WrongTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a stack trace: it reports a user's mistake. */
  public WrongTypeException() {
    super("wrong type", null, false, false);
  }
}
