package pika.storage.expiry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import pika.storage.key.Deadlines;
import pika.storage.key.ExpiryListener;

/**
 * Active expiry: removes keys soon after their deadline, so that their space is reclaimed even if
 * nobody accesses them. Run every {@link #PERIOD_MS} on its own maintenance thread; a run with
 * nothing due costs one comparison.
 */
public final class Sweeper {
  /** How often it runs: bounds how late an expired key is removed when there are few. */
  public static final long PERIOD_MS = 50;

  /** Keys per sweep, which is one unit of work. */
  private static final int STEP = 64;

  /**
   * Steps per run and degree of effort; if many keys are due at once, the rest waits for the next
   * run. The lowest effort removes up to 64,000 keys a second, the highest ten times as many.
   */
  private static final int STEPS_PER_EFFORT = 50;

  private final Deadlines deadlines;
  private final LongSupplier clockMs;
  private final LongAdder cutRuns = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();
  private volatile boolean enabled = true;
  private volatile int effort = 1;
  private volatile LongConsumer listener = nanos -> {};

  /** Creates the sweeper of one store. */
  public Sweeper(Deadlines deadlines, LongSupplier clockMs) {
    this.deadlines = deadlines;
    this.clockMs = clockMs;
  }

  /** Sets who is told of keys that are removed from now on. */
  public void onExpired(ExpiryListener listener) {
    deadlines.onExpired(listener);
  }

  /** Sets who is told how long each run takes, in nanoseconds. */
  public void onRun(LongConsumer whoIsTold) {
    listener = whoIsTold;
  }

  /** Returns how many runs have left work to the next one. */
  public long cutRuns() {
    return cutRuns.sum();
  }

  /** Returns how many milliseconds all runs have taken. */
  public long busyMs() {
    return TimeUnit.NANOSECONDS.toMillis(busyNanos.sum());
  }

  /** Turns active expiry on or off (DEBUG SET-ACTIVE-EXPIRE). */
  public void enabled(boolean on) {
    enabled = on;
  }

  /** Sets how much a run may remove, from 1 to 10 (active-expire-effort). */
  public void effort(int degree) {
    effort = degree;
  }

  /** Removes what is due, up to a bound, or until the listener is overloaded. */
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
