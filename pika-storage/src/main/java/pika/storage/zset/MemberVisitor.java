package pika.storage.zset;

import pika.storage.bytes.Slice;

/** Is shown members one by one. */
@FunctionalInterface
public interface MemberVisitor {
  /** Takes notice of a member; false when it has seen enough. */
  boolean visit(double score, Slice member);
}
