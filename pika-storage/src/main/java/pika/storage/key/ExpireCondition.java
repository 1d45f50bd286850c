package pika.storage.key;

/**
 * Conditions for setting the deadline of a key or of a part of its value; when several are given,
 * all must hold.
 */
public enum ExpireCondition {
  /** There is no deadline yet. */
  NX,
  /** There is a deadline. */
  XX,
  /** The new deadline is later; no deadline counts as the latest. */
  GT,
  /** The new deadline is earlier; no deadline counts as the latest. */
  LT;

  /**
   * Returns whether it holds for a current deadline of {@code presentMs}, {@link KeyRecord#NEVER}
   * for none.
   */
  public boolean holds(long presentMs, long newMs) {
    boolean none = presentMs == KeyRecord.NEVER;
    return switch (this) {
      case NX -> none;
      case XX -> !none;
      case GT -> !none && newMs > presentMs;
      case LT -> none || newMs < presentMs;
    };
  }
}
