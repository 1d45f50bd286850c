package pika.server.command;

/** Which threads a command may run on. */
public enum Place {
  /**
   * On the event loop while everything it needs is in memory; the first thing that is not (a disk
   * read, a lock that is held) rolls it back and moves it to the pool.
   */
  LOOP,
  /**
   * On the pool immediately: it always waits for something, so trying on the loop would be wasted.
   */
  POOL,
  /**
   * On the event loop while everything it needs is in memory, which implies a small value;
   * otherwise on the slow pool, because its cost grows with the data.
   */
  LOOP_OR_SLOW,
  /**
   * On the slow pool: its cost grows with the data or the arguments, and others must not wait for
   * it.
   */
  SLOW;

  /**
   * Returns whether a call placed here may be tried on a thread of kind {@code thread}; the slow
   * pool runs everything.
   */
  public boolean runsOn(Place thread) {
    return this == LOOP_OR_SLOW ? thread != POOL : compareTo(thread) <= 0;
  }

  /** Returns whether a call that can't run on the loop belongs on the slow pool. */
  public boolean isSlow() {
    return this == LOOP_OR_SLOW || this == SLOW;
  }

  /** Returns where to run something that needs both places. */
  public Place and(Place other) {
    Place later = compareTo(other) < 0 ? other : this;
    Place earlier = compareTo(other) < 0 ? this : other;
    return later == LOOP_OR_SLOW && earlier == POOL ? SLOW : later;
  }

  /** Chooses a place from the arguments of a call; cheap and free of side effects. */
  @FunctionalInterface
  public interface Choice {
    Place place(byte[][] args);
  }

  /** Returns a choice of the loop for up to {@code limit} arguments and the slow pool for more. */
  public static Choice slowAbove(int limit) {
    return args -> args.length > limit ? SLOW : LOOP;
  }
}
