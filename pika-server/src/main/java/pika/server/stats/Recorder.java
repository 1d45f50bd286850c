package pika.server.stats;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;

/**
 * The counters of one executing thread, their only writer. Other threads read them with opaque
 * loads: never torn, hardly ever stale.
 */
public final class Recorder {
  /** Longer latencies are counted as this, as in Redis, which bounds a histogram's memory. */
  private static final long MAX_LATENCY_NANOS = 1_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 2;

  // Four adjacent counters per command, so that one call touches one cache line.
  private static final int CALLS = 0;
  private static final int NANOS = 1;
  private static final int REJECTED = 2;
  private static final int FAILED = 3;
  private static final int WIDTH = 4;

  private final CommandStats stats;
  private final AtomicLongArray counters;
  private final AtomicReferenceArray<@Nullable Histogram> latencies;
  private volatile int epoch;

  Recorder(CommandStats stats, int commandCount) {
    this.stats = stats;
    this.counters = new AtomicLongArray(WIDTH * commandCount);
    this.latencies = new AtomicReferenceArray<>(commandCount);
    this.epoch = stats.epoch();
  }

  /** Records an execution without an error. */
  public void succeeded(CommandSpec spec, long nanos) {
    beginEpoch();
    ran(spec, nanos);
  }

  /** Records an execution that ended with an error. */
  public void failed(CommandSpec spec, long nanos) {
    beginEpoch();
    ran(spec, nanos);
    add(spec, FAILED, 1);
  }

  /** Records a call refused before it ran. */
  public void rejected(CommandSpec spec) {
    beginEpoch();
    add(spec, REJECTED, 1);
  }

  private void ran(CommandSpec spec, long nanos) {
    add(spec, CALLS, 1);
    add(spec, NANOS, nanos);
    if (stats.tracksLatencies()) {
      latencies(spec).recordValue(Math.max(1, Math.min(nanos, MAX_LATENCY_NANOS)));
    }
  }

  private void add(CommandSpec spec, int counter, long delta) {
    int at = WIDTH * spec.index() + counter;
    counters.setOpaque(at, counters.getPlain(at) + delta);
  }

  private Histogram latencies(CommandSpec spec) {
    Histogram histogram = latencies.getPlain(spec.index());
    if (histogram == null) {
      histogram = newHistogram();
      latencies.setRelease(spec.index(), histogram);
    }
    return histogram;
  }

  private void beginEpoch() {
    int now = stats.epoch();
    if (epoch != now) {
      for (int i = 0; i < counters.length(); i++) {
        counters.setOpaque(i, 0);
      }
      for (int i = 0; i < latencies.length(); i++) {
        latencies.setOpaque(i, null);
      }
      epoch = now;
    }
  }

  int epoch() {
    return epoch;
  }

  long totalCalls() {
    long total = 0;
    for (int at = CALLS; at < counters.length(); at += WIDTH) {
      total += counters.getOpaque(at);
    }
    return total;
  }

  CommandTotals totals(CommandSpec spec) {
    int at = WIDTH * spec.index();
    return new CommandTotals(
        spec,
        counters.getOpaque(at + CALLS),
        counters.getOpaque(at + NANOS),
        counters.getOpaque(at + REJECTED),
        counters.getOpaque(at + FAILED));
  }

  // The histogram is written concurrently. Histogram.add copies bucket by bucket, so the sum may
  // miss the latest values but is consistent in itself.
  void addLatenciesTo(Histogram sum, CommandSpec spec) {
    Histogram histogram = latencies.getAcquire(spec.index());
    if (histogram != null) {
      sum.add(histogram);
    }
  }

  static Histogram newHistogram() {
    return new Histogram(1, MAX_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  }
}
