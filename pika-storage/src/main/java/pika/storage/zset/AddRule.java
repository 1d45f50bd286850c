package pika.storage.zset;

/**
 * How members are added: the options of ZADD.
 *
 * @param presence which members are touched at all
 * @param direction which way the score of an existing member may move
 * @param amount what the given number means
 */
public record AddRule(Presence presence, Direction direction, Amount amount) {
  /** Sets every member's score. */
  public static final AddRule SET = new AddRule(Presence.ANY, Direction.ANY, Amount.SCORE);

  /** Which members are touched. */
  public enum Presence {
    ANY,
    /** Only members that do not exist yet (NX). */
    ABSENT,
    /** Only members that exist (XX). */
    PRESENT
  }

  /** Which way a score may move (GT, LT). */
  public enum Direction {
    ANY,
    UP,
    DOWN;

    boolean allows(double from, double to) {
      return switch (this) {
        case ANY -> true;
        case UP -> to > from;
        case DOWN -> to < from;
      };
    }
  }

  /** The meaning of the number given with a member. */
  public enum Amount {
    /** The new score. */
    SCORE,
    /** An increment of the score, which is 0 for a new member (INCR). */
    INCREMENT
  }
}
