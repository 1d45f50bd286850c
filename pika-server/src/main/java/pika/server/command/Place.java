package pika.server.command;

/** Which threads a command may run on, by what it costs there. */
public enum Place {
  /**
   * On the event loop while everything it needs is in memory; the first thing that is not (a disk
   * read, a lock that is taken) rolls it back and sends it to the pool.
   */
  LOOP,
  /** On the pool at once: it always waits for something, so trying on the loop is wasted. */
  POOL,
  /**
   * Where LOOP is while the values it goes through stand whole in their records, which says that there is little of them; on
   * the slow pool when one of them has rows, because its cost grows with the data.
   */
  SLOW_IF_LARGE,
  /** On the event loop while everything it needs is in memory, otherwise on the slow pool: code, whose cost nobody knows before. */
  LOOP_OR_SLOW,
  /** On the slow pool: its cost grows with the data or its arguments, and others must not wait. */
  SLOW;

  /** Whether a call that belongs here may be tried on a thread of {@code thread}: the slow pool is the last resort. */
  public boolean runsOn(Place thread) {
    return switch (this) {
      case LOOP, POOL, SLOW -> compareTo(thread) <= 0;
      case SLOW_IF_LARGE -> true;
      case LOOP_OR_SLOW -> thread != POOL;
    };
  }

  /** Whether the slow pool is where a call belongs that the others can't do. */
  public boolean isSlow() {
    return compareTo(POOL) > 0;
  }

  /** Where that runs which needs this place and another one. */
  public Place and(Place other) {
    Place later = compareTo(other) < 0 ? other : this;
    Place earlier = compareTo(other) < 0 ? this : other;
    return later.isSlow() && earlier == POOL ? SLOW : later;
  }

  /** Decides from the arguments of one call; cheap, and free of side effects. */
  @FunctionalInterface
  public interface Choice {
    Place place(byte[][] args);
  }

  /** On the loop with up to {@code limit} arguments, on the slow pool with more. */
  public static Choice slowAbove(int limit) {
    return args -> args.length > limit ? SLOW : LOOP;
  }
}
