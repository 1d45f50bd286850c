package pika.storage.key;

/**
 * Thrown by a unit of work that must not wait when it cannot go on without a disk read, a lock held
 * elsewhere or long work. Not a failure: roll the command back and run it where waiting is allowed.
 * Has no stack trace because it is thrown on the hot path.
 */
public final class WouldBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For every reason that has no constant below. Shareable because it has neither a stack trace nor
   * suppressed exceptions.
   */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock INSTANCE = new WouldBlock();

  /** A lock is held by another unit, perhaps only briefly: retrying soon may succeed. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock LOCKED = new WouldBlock();

  /** Only the disk knows the record under a key: who has read it may find that there is little to do. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final WouldBlock COLD = new WouldBlock();

  private WouldBlock() {
    super("would block", null, false, false);
  }
}
