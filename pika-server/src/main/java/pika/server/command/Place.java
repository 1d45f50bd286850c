package pika.server.command;

/** Where a command belongs: the threads it may run on. */
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
   * Like LOOP while the values it reads are whole in their records, which implies that they are small;
   * on the slow pool when one of them has rows, because its cost grows with the data.
   */
  SLOW_IF_LARGE,
  /** On the event loop while everything it needs is in memory, otherwise on the slow pool: code, whose cost nobody knows before. */
  LOOP_OR_SLOW,
  /**
   * On the slow pool: its cost grows with the data or the arguments, and others must not wait for
   * it.
   */
  SLOW;

  /** Returns whether a call that the loop and the fast pool can't do belongs on the slow pool. */
  public boolean isSlow() {
    return compareTo(POOL) > 0;
  }

  /** Returns where to run something that needs both places. */
  public Place and(Place other) {
    Place later = compareTo(other) < 0 ? other : this;
    Place earlier = compareTo(other) < 0 ? this : other;
    return later.isSlow() && earlier == POOL ? SLOW : later;
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
