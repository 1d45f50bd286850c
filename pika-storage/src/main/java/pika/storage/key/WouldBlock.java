package pika.storage.key;

/**
 * Thrown by a unit of work that must not wait when only a disk read, a lock held elsewhere or long work would lead
 * further. It is an answer, not a failure: undo the command and run it where waiting is allowed. Without stack trace,
 * because it is thrown on the hot path.
 */
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For every reason that has no name below. Without stack trace and suppressed exceptions it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock INSTANCE = new WouldBlock();

  /** Somebody else holds a lock, perhaps for a moment only: trying again soon may do. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock LOCKED = new WouldBlock();

  /** Only the disk knows the record under a key: who has read it may find that there is little to do. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock COLD = new WouldBlock();

  private WouldBlock() {
    super("would block", null, false, false);
  }
}
