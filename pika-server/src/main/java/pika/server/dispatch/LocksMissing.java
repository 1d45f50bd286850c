package pika.server.dispatch;

/**
 * A command that runs on behalf of another one needs locks that its step doesn't hold, and can't wait for them while it
 * holds others: the step must be taken back and begun anew with them (see {@link StepLocks}). An answer, not a failure:
 * without stack trace.
 */
final class LocksMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one instance: it has no stack trace and can't collect suppressed exceptions, so it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final LocksMissing INSTANCE = new LocksMissing();

  private LocksMissing() {
    super("locks are missing", null, false, false);
  }
}
