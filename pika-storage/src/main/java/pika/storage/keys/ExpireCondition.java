package pika.storage.keys;

import pika.storage.key.KeyRecord;

/** On what setting a deadline may depend; several must all hold. */
public enum ExpireCondition {
  /** The key has no deadline. */
  NX,
  /** The key has a deadline. */
  XX,
  /** The new deadline is later; no deadline at all is the latest. */
  GT,
  /** The new deadline is earlier; no deadline at all is the latest. */
  LT;

  boolean holds(long presentMs, long newMs) {
    boolean none = presentMs == KeyRecord.NEVER;
    return switch (this) {
      case NX -> none;
      case XX -> !none;
      case GT -> !none && newMs > presentMs;
      case LT -> none || newMs < presentMs;
    };
  }
}
