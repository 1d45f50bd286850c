package pika.storage.zset;

/** Members that have scores, whatever they are members of: an operand of set operations. */
public interface Members {
  /** How many there are. */
  long size();

  /** The score of a member; NaN when it isn't one. */
  double score(byte[] member);

  /** Shows all of them to a visitor, in any order, until it has seen enough. */
  void forEach(MemberVisitor visitor);

  /** None at all. */
  static Members none() {
    return NoMembers.INSTANCE;
  }
}
