package pika.server.stats;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The keys named most often in the last one to two minutes, merged on demand from the samplers of
 * all threads. Thread-safe.
 */
public final class HotKeys {
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A key and how often it was named, approximately. */
  public record Entry(int database, byte[] key, long calls) {}

  /** The hottest keys, and the observed time in seconds. */
  public record Report(List<Entry> entries, double seconds) {}

  private final LongSupplier nanoClock;
  private final List<KeySampler> samplers = new CopyOnWriteArrayList<>();
  private volatile long beganNanos;

  public HotKeys(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.beganNanos = nanoClock.getAsLong();
  }

  /** Returns a new sampler for the calling thread, which keeps it as long as it runs commands. */
  public KeySampler newSampler() {
    KeySampler sampler = new KeySampler(this, nanoClock.getAsLong() * 31 + samplers.size());
    samplers.add(sampler);
    return sampler;
  }

  /** Returns the {@code limit} hottest keys, hottest first. */
  public Report hottest(int limit) {
    Sum sum = new Sum();
    samplers.forEach(sampler -> sampler.addTo(sum));
    return new Report(sum.top(limit), secondsWatched());
  }

  /** Resets all samplers. */
  public void forgetAll() {
    samplers.forEach(KeySampler::forget);
    beganNanos = nanoClock.getAsLong();
  }

  long period() {
    return nanoClock.getAsLong() / PERIOD_NANOS;
  }

  /**
   * Returns the observed time: the current period so far, and the previous one if observation began
   * by then.
   */
  private double secondsWatched() {
    long now = nanoClock.getAsLong();
    long from = Math.max(beganNanos, (now / PERIOD_NANOS - 1) * PERIOD_NANOS);
    return Math.max(1, now - from) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** Counts of several samplers, by key. Confined to one thread. */
  static final class Sum {
    private record Name(int database, ByteBuffer key) {}

    private final Map<Name, Long> calls = new HashMap<>();

    void add(int database, byte[] key, long count) {
      calls.merge(new Name(database, ByteBuffer.wrap(key)), count, Long::sum);
    }

    List<Entry> top(int limit) {
      List<Map.Entry<Name, Long>> all = new ArrayList<>(calls.entrySet());
      all.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
      return all.stream()
          .limit(limit)
          .map(
              one -> new Entry(one.getKey().database(), one.getKey().key().array(), one.getValue()))
          .toList();
    }
  }
}
