package pika.storage.key;

/** On what giving a key or a part of its value a deadline may depend; several must all hold. */
public enum ExpireCondition {
  /** There is no deadline yet. */
  NX,
  /** There is a deadline. */
  XX,
  /** The new deadline is later; no deadline at all is the latest. */
  GT,
  /** The new deadline is earlier; no deadline at all is the latest. */
  LT;

  /** Whether it holds for what has the deadline {@code presentMs}, {@link KeyRecord#NEVER} for none. */
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
