package pika.server.stats;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Growth per second of a counter, averaged over the last samples as Redis does. Thread-safe; one
 * thread samples at a steady pace.
 */
final class Rate {
  private static final int SAMPLES = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LongSupplier counter;
  private final long[] perSecond = new long[SAMPLES];
  private int next;
  private long lastValue;
  private long lastNanos;

  Rate(LongSupplier counter, long nowNanos) {
    this.counter = counter;
    this.lastValue = counter.getAsLong();
    this.lastNanos = nowNanos;
  }

  synchronized void sample(long nowNanos) {
    long value = counter.getAsLong();
    long elapsed = Math.max(1, nowNanos - lastNanos);
    // A counter that was reset in between seems to run backwards once.
    long growth = Math.max(0, value - lastValue);
    perSecond[next] = (long) (growth * ((double) NANOS_PER_SECOND / elapsed));
    next = (next + 1) % SAMPLES;
    lastValue = value;
    lastNanos = nowNanos;
  }

  synchronized long perSecond() {
    return Arrays.stream(perSecond).sum() / SAMPLES;
  }

  synchronized void reset(long nowNanos) {
    Arrays.fill(perSecond, 0);
    lastValue = counter.getAsLong();
    lastNanos = nowNanos;
  }
}
