package pika.storage.zset;

/** Members that a walk over all of them, and a look at one of them, give a score: an operand of set operations. */
public interface Members {
  /** How many there are. */
  long size();

  /** The score of a member; NaN when it isn't one. */
  double score(byte[] member);

  /** A walk over all of them, in any order. */
  Entries all();

  /** None at all. */
  static Members none() {
    return NoMembers.INSTANCE;
  }
}
