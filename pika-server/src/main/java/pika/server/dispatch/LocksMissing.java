package pika.server.dispatch;

/**
 * Thrown when a command running on behalf of another one needs locks that its step doesn't hold,
 * and can't wait for them because the step holds others: the step must be rolled back and restarted
 * with them (see {@link StepLocks}). Not a failure: has no stack trace.
 */
final class LocksMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The only instance: without a stack trace and suppressed exceptions it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final LocksMissing INSTANCE = new LocksMissing();

  private LocksMissing() {
    super("locks are missing", null, false, false);
  }
}
