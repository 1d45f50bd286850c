package pika.storage.zset;

/**
 * Members with scores, of a sorted set or of something treated as one: an operand of set
 * operations.
 */
public interface Members {
  /** Returns the number of members. */
  long size();

  /** Returns the score of a member, NaN when it does not exist. */
  double score(byte[] member);

  /** Passes all members to the visitor, in any order, until it returns false. */
  void forEach(MemberVisitor visitor);

  /** Returns an operand without members. */
  static Members none() {
    return NoMembers.INSTANCE;
  }
}
