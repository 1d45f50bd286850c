package pika.server.commands;

import java.util.List;
import java.util.Locale;
import pika.server.stats.LatencyEvent;
import pika.server.stats.LatencyMonitor;
import pika.server.stats.LatencySample;

/** LATENCY DOCTOR: what was slow, how often, and what to do about it. */
final class LatencyAdvice {
  private final LatencyMonitor monitor;

  LatencyAdvice(LatencyMonitor monitor) {
    this.monitor = monitor;
  }

  String text() {
    if (!monitor.isOn() && monitor.latest().isEmpty()) {
      return "Latency monitoring is off, so there is nothing to report. Turn it"
          + " on with CONFIG SET latency-monitor-threshold <milliseconds>,"
          + " using the lowest latency that is too high for your clients.\n";
    }
    if (monitor.latest().isEmpty()) {
      return "No event has taken " + monitor.thresholdMs() + " ms or longer.\n";
    }
    StringBuilder text = new StringBuilder();
    for (LatencyEvent event : monitor.latest().keySet()) {
      text.append(event.eventName()).append(": ").append(figures(event)).append('\n');
      text.append("  ").append(advice(event)).append('\n');
    }
    return text.toString();
  }

  private String figures(LatencyEvent event) {
    List<LatencySample> samples = monitor.samples(event);
    double mean = samples.stream().mapToLong(LatencySample::ms).average().orElse(0);
    long first = samples.get(0).unixSeconds();
    long last = samples.get(samples.size() - 1).unixSeconds();
    double period = samples.size() == 1 ? 0 : (double) (last - first) / (samples.size() - 1);
    String often = samples.size() == 1
        ? "once"
        : String.format(Locale.ROOT, "in %d seconds, %.1f s apart", samples.size(), period);
    return String.format(
        Locale.ROOT,
        "%s, %.0f ms on average, %d ms at worst.",
        often,
        mean,
        monitor.worstMs(event));
  }

  private static String advice(LatencyEvent event) {
    return switch (event) {
      case COMMAND ->
        "SLOWLOG GET shows the slow commands, SLOWLOG WAITS also how long"
            + " each waited before it ran. Commands that process many elements"
            + " run in a thread pool of their own: see slow-cmd-thread-pool-size"
            + " and slow-cmd-list.";
      case FAST_COMMAND ->
        "Commands that are normally fast were delayed by the disk, a lock,"
            + " the garbage collector or other programs on this machine.";
      case EXPIRE_CYCLE ->
        "Many keys expire at the same time. Spread their expiration times,"
            + " or lower active-expire-effort.";
      case COMMIT ->
        "Writing to RocksDB's write-ahead log was slow: the disk is slow or"
            + " busy, or values are large.";
      case LOG_SYNC ->
        "Syncing the write-ahead log to disk was slow. With appendfsync"
            + " always clients wait for it, with everysec they do not.";
      case WRITE_STALL ->
        "RocksDB slowed down or stopped writes because flushes or"
            + " compactions did not keep up: see INFO rocksdb,"
            + " max-background-jobs, write-buffer-size and rate-limiter-bandwidth.";
    };
  }
}
