package pika.storage.zset;

import pika.storage.bytes.Slice;

/** Receives members one by one. */
@FunctionalInterface
public interface MemberVisitor {
  /** Receives a member; returns false to stop. */
  boolean visit(double score, Slice member);
}
