package pika.storage.key;

/**
 * Thrown by a unit of work that must not wait when it cannot go on without a disk read, a lock held
 * elsewhere or long work. Not a failure: roll the command back and run it where waiting is allowed.
 * Has no stack trace because it is thrown on the hot path.
 */
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For every reason except a lock. Shareable because it has neither a stack trace nor suppressed
   * exceptions.
   */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock INSTANCE = new WouldBlock();

  /** A lock is held by another unit, perhaps only briefly: retrying soon may succeed. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock LOCKED = new WouldBlock();

  private WouldBlock() {
    super("would block", null, false, false);
  }
}
