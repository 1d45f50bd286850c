package pika.storage.expiry;

import java.util.function.LongSupplier;
import pika.storage.key.Deadlines;

/**
 * Active expiry: removes keys soon after their deadline, so that their space comes back and nobody has to touch them for
 * that. Run every {@link #PERIOD_MS} on the maintenance thread; a run that finds nothing due costs one comparison.
 */
public final class Sweeper {
  /** How often it runs: the bound on how late an expired key goes when there are few. */
  public static final long PERIOD_MS = 50;

  /** Keys removed in one unit of work, and so under one set of locks. */
  private static final int STEP = 64;

  /** Steps in one run; with many keys due at once the rest waits for the next run. */
  private static final int STEPS_PER_RUN = 200;

  private final Deadlines deadlines;
  private final LongSupplier clockMs;
  private volatile boolean enabled = true;

  /** A sweeper over one store's index. */
  public Sweeper(Deadlines deadlines, LongSupplier clockMs) {
    this.deadlines = deadlines;
    this.clockMs = clockMs;
  }

  /** Lets the keys lie where they are, or goes on removing them (DEBUG SET-ACTIVE-EXPIRE). */
  public void enabled(boolean on) {
    enabled = on;
  }

  /** One run: removes what is due, up to a bound. */
  public void run() {
    if (!enabled) {
      return;
    }
    long now = clockMs.getAsLong();
    for (int step = 0; step < STEPS_PER_RUN; step++) {
      if (deadlines.sweep(now, STEP) < STEP) {
        return;
      }
    }
  }
}
