package pika.storage.expiry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import pika.storage.key.Deadlines;
import pika.storage.key.ExpiryListener;

/**
 * Active expiry: removes keys soon after their deadline, so that their space comes back and nobody has to touch them for
 * that. Run every {@link #PERIOD_MS} on the maintenance thread; a run that finds nothing due costs one comparison.
 */
public final class Sweeper {
  /** How often it runs: the bound on how late an expired key goes when there are few. */
  public static final long PERIOD_MS = 50;

  /** Keys removed in one unit of work, and so under one set of locks. */
  private static final int STEP = 64;

  /**
   * Steps in one run for each degree of effort; with many keys due at once the rest waits for the
   * next run. The least effort removes up to 64,000 keys a second, the greatest ten times as many.
   */
  private static final int STEPS_PER_EFFORT = 50;

  private final Deadlines deadlines;
  private final LongSupplier clockMs;
  private final LongAdder cutRuns = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();
  private volatile boolean enabled = true;
  private volatile int effort = 1;
  private volatile LongConsumer listener = nanos -> {};

  /** A sweeper over one store's index. */
  public Sweeper(Deadlines deadlines, LongSupplier clockMs) {
    this.deadlines = deadlines;
    this.clockMs = clockMs;
  }

  /** Has somebody told of every key that is removed from now on. */
  public void onExpired(ExpiryListener listener) {
    deadlines.onExpired(listener);
  }

  /** Has somebody told how long each run takes, in nanoseconds. */
  public void onRun(LongConsumer whoIsTold) {
    listener = whoIsTold;
  }

  /** Runs so far that have left something to the next one. */
  public long cutRuns() {
    return cutRuns.sum();
  }

  /** Milliseconds spent in all runs so far. */
  public long busyMs() {
    return TimeUnit.NANOSECONDS.toMillis(busyNanos.sum());
  }

  /** Lets the keys lie where they are, or goes on removing them (DEBUG SET-ACTIVE-EXPIRE). */
  public void enabled(boolean on) {
    enabled = on;
  }

  /** How much of a run may be spent on removing, from 1 to 10 (active-expire-effort). */
  public void effort(int degree) {
    effort = degree;
  }

  /** One run: removes what is due, up to a bound; less if those who are told of it can't take so much. */
  public void run() {
    if (!enabled) {
      return;
    }
    long start = System.nanoTime();
    long now = clockMs.getAsLong();
    int left = STEPS_PER_EFFORT * effort;
    int swept = STEP;
    while (left > 0 && swept >= STEP && !deadlines.mustWait()) {
      swept = deadlines.sweep(now, STEP);
      left--;
    }
    if (swept >= STEP) {
      cutRuns.increment();
    }
    long tookNanos = System.nanoTime() - start;
    busyNanos.add(tookNanos);
    listener.accept(tookNanos);
  }
}
