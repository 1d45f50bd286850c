package pika.storage.key;

/**
 * Thrown by a unit of work that must not wait when only a disk read, a lock held elsewhere or long work would lead
 * further. It is an answer, not a failure: undo the command and run it where waiting is allowed. Without stack trace,
 * because it is thrown on the hot path.
 */
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one instance: it has no stack trace and can't collect suppressed exceptions, so it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock INSTANCE = new WouldBlock();

  private WouldBlock() {
    super("would block", null, false, false);
  }
}
