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
  /** On the slow pool: its cost grows with the data or its arguments, and others must not wait. */
  SLOW;

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
