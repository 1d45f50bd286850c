package pika.storage.rocks;

/** What was to be read from memory only is not there. Has no stack trace: it is an answer rather than a failure. */
public final class NotInMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotInMemoryException() {
    super("not in memory", null, false, false);
  }
}
