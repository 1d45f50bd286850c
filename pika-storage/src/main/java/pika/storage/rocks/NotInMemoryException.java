package pika.storage.rocks;

/**
 * Thrown by a memory-only read whose data is not in memory. Has no stack trace: it is an answer
 * rather than a failure.
 */
public final class NotInMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotInMemoryException() {
    super("not in memory", null, false, false);
  }
}
