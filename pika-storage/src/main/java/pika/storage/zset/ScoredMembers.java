package pika.storage.zset;

import pika.storage.key.KeyRecord;

/**
 * The members of one sorted set in score order, in either representation. Changes become part of
 * the key's record only through {@link #record}.
 */
interface ScoredMembers {
  /** Returns the number of members. */
  long size();

  /** Returns the score of a member, NaN when it does not exist. */
  double score(byte[] member);

  /** Iterates over all entries in order. */
  Entries all();

  /** Returns how many entries are before a cut. */
  long rank(Cut cut);

  /**
   * Sets a member's score.
   *
   * @param before its current score, NaN when it is new
   */
  void put(byte[] member, double score, double before);

  /**
   * Removes a member.
   *
   * @param score its current score
   */
  void remove(byte[] member, double score);

  /** Removes a range of entries. */
  void remove(Ranks ranks);

  /** Iterates over a range of entries. */
  Entries walk(Ranks ranks, Order order);

  /**
   * Returns at least {@code count} members, unless there are fewer, from the position of an earlier
   * page on; 0 starts a scan.
   */
  MemberPage page(long position, long count);

  /** Returns a record that holds these members. */
  KeyRecord record(boolean small, long expireAtMs);
}
