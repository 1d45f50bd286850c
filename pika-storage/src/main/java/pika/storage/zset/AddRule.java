package pika.storage.zset;

/**
 * What adding a member with a score means.
 *
 * @param presence which members are touched at all
 * @param direction which way the score of a member that is there may move
 * @param amount what the score given is
 */
public record AddRule(Presence presence, Direction direction, Amount amount) {
  /** Every member gets the score given. */
  public static final AddRule SET = new AddRule(Presence.ANY, Direction.ANY, Amount.SCORE);

  /** Which members are touched. */
  public enum Presence {
    ANY,
    /** Only those that are not there yet. */
    ABSENT,
    /** Only those that are there. */
    PRESENT
  }

  /** Which way a score may move. */
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

  /** What a number given with a member is. */
  public enum Amount {
    /** The score it gets. */
    SCORE,
    /** What is added to the score it has, 0 if it isn't there. */
    INCREMENT
  }
}
