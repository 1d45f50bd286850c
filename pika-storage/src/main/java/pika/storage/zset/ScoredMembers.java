package pika.storage.zset;

import pika.storage.key.KeyRecord;

/**
 * The members of one sorted set in the order of their scores, however they are stored. What was written is in the record
 * only when that has been made anew.
 */
interface ScoredMembers {
  /** How many there are. */
  long size();

  /** The score of a member; NaN when it isn't one. */
  double score(byte[] member);

  /** A walk over all of them in their order. */
  Entries all();

  /** How many entries stand before a cut. */
  long rank(Cut cut);

  /** Gives a member a score; {@code before} is the one it has, NaN when it isn't a member yet. */
  void put(byte[] member, double score, double before);

  /** Removes a member; {@code score} is the one it has. */
  void remove(byte[] member, double score);

  /** Removes entries next to each other. */
  void remove(Ranks ranks);

  /** A walk over entries next to each other. */
  Entries walk(Ranks ranks, Order order);

  /** Some members, from a position of an earlier page on; 0 begins. At least {@code count} unless there are no more. */
  MemberPage page(long position, long count);

  /** The record that these members make. */
  KeyRecord record(boolean small, long expireAtMs);
}
