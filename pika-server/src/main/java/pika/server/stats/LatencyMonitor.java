package pika.server.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.WriteListener;

/**
 * Remembers what took longer than a threshold ({@code latency-monitor-threshold}). Off, and for all
 * that is fast, it costs one volatile read. Safe for many threads.
 */
public final class LatencyMonitor implements WriteListener {
  private final LongSupplier clockMs;
  private final Map<LatencyEvent, LatencySeries> series = new ConcurrentHashMap<>();
  private volatile long thresholdNanos = Long.MAX_VALUE;

  public LatencyMonitor(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /** From how many milliseconds on an event is remembered; 0 remembers none. */
  public void thresholdMs(long ms) {
    thresholdNanos = ms == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Whether anything can be remembered. */
  public boolean isOn() {
    return thresholdNanos != Long.MAX_VALUE;
  }

  public long thresholdMs() {
    return isOn() ? TimeUnit.NANOSECONDS.toMillis(thresholdNanos) : 0;
  }

  /** Whether something that took so long is to be remembered. */
  public boolean wants(long nanos) {
    return nanos >= thresholdNanos;
  }

  /** Something happened that took so long. */
  public void took(LatencyEvent event, long nanos) {
    if (wants(nanos)) {
      series
          .computeIfAbsent(event, kind -> new LatencySeries())
          .add(clockMs.getAsLong() / 1000, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** The event of that name in any case, if anything of it is remembered. */
  public @Nullable LatencyEvent find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (LatencyEvent event : series.keySet()) {
      if (event.eventName().equals(wanted)) {
        return event;
      }
    }
    return null;
  }

  /** What is remembered of an event, oldest first; empty for nothing. */
  public List<LatencySample> samples(LatencyEvent event) {
    LatencySeries kept = series.get(event);
    return kept == null ? List.of() : kept.samples();
  }

  /** The longest ever, also if it is no longer among the samples. */
  public long worstMs(LatencyEvent event) {
    LatencySeries kept = series.get(event);
    return kept == null ? 0 : kept.worstMs();
  }

  /** The last moment of every event of which there is one, in the order of the events. */
  public Map<LatencyEvent, LatencySample> latest() {
    Map<LatencyEvent, LatencySample> latest = new LinkedHashMap<>();
    for (LatencyEvent event : LatencyEvent.values()) {
      List<LatencySample> samples = samples(event);
      if (!samples.isEmpty()) {
        latest.put(event, samples.get(samples.size() - 1));
      }
    }
    return latest;
  }

  /** Forgets an event; false if there was nothing to forget. */
  public boolean forget(LatencyEvent event) {
    return series.remove(event) != null;
  }

  @Override
  public void wrote(long nanos) {
    took(LatencyEvent.COMMIT, nanos);
  }

  @Override
  public void synced(long nanos) {
    took(LatencyEvent.LOG_SYNC, nanos);
  }

  @Override
  public void stalled(long nanos) {
    took(LatencyEvent.WRITE_STALL, nanos);
  }
}
