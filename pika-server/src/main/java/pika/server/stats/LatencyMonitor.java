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
 * Records events that took longer than {@code latency-monitor-threshold}. When off, and for all
 * faster events, it costs one volatile read. Thread-safe.
 */
public final class LatencyMonitor implements WriteListener {
  private final LongSupplier clockMs;
  private final Map<LatencyEvent, LatencySeries> series = new ConcurrentHashMap<>();
  private volatile long thresholdNanos = Long.MAX_VALUE;

  public LatencyMonitor(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /** Sets the threshold in milliseconds; 0 turns monitoring off. */
  public void thresholdMs(long ms) {
    thresholdNanos = ms == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Returns whether monitoring is on. */
  public boolean isOn() {
    return thresholdNanos != Long.MAX_VALUE;
  }

  public long thresholdMs() {
    return isOn() ? TimeUnit.NANOSECONDS.toMillis(thresholdNanos) : 0;
  }

  /** Returns whether an event of this duration is recorded. */
  public boolean wants(long nanos) {
    return nanos >= thresholdNanos;
  }

  /** Records an event if it took long enough. */
  public void took(LatencyEvent event, long nanos) {
    if (wants(nanos)) {
      series
          .computeIfAbsent(event, kind -> new LatencySeries())
          .add(clockMs.getAsLong() / 1000, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** Returns the event with this name, ignoring case, if there are samples of it. */
  public @Nullable LatencyEvent find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (LatencyEvent event : series.keySet()) {
      if (event.eventName().equals(wanted)) {
        return event;
      }
    }
    return null;
  }

  /** Returns the samples of an event, oldest first; empty if there are none. */
  public List<LatencySample> samples(LatencyEvent event) {
    LatencySeries kept = series.get(event);
    return kept == null ? List.of() : kept.samples();
  }

  /** Returns the longest duration ever, even if its sample is gone. */
  public long worstMs(LatencyEvent event) {
    LatencySeries kept = series.get(event);
    return kept == null ? 0 : kept.worstMs();
  }

  /** Returns the latest sample of every event that has one, in the order of the events. */
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

  /** Drops the samples of an event; returns false if there were none. */
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
