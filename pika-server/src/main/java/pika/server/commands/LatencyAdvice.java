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
      return "Latency monitoring is off, so there is nothing to tell. Turn it on with CONFIG SET"
          + " latency-monitor-threshold <milliseconds>, with the latency that is too much for your"
          + " clients.\n";
    }
    if (monitor.latest().isEmpty()) {
      return "Nothing has taken " + monitor.thresholdMs() + " ms or longer.\n";
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
        "SLOWLOG GET shows which commands; SLOWLOG WAITS also how long they had waited."
            + " Commands that go through many elements run in a pool of their own:"
            + " slow-cmd-thread-pool-size and slow-cmd-list.";
      case FAST_COMMAND ->
        "Commands that are fast by themselves were held up: by the disk, by a lock,"
            + " by the garbage collector or by other programs on this machine.";
      case EXPIRE_CYCLE ->
        "Many keys expire at the same moment. Spread their deadlines, or lower"
            + " active-expire-effort.";
      case COMMIT ->
        "Writing to RocksDB's log took long: the disk is slow or busy, or values are" + " large.";
      case LOG_SYNC ->
        "Bringing the log to the disk took long. With appendfsync always clients wait"
            + " for it, with everysec they don't.";
      case WRITE_STALL ->
        "RocksDB held writers back because flushes or compactions did not keep up:"
            + " see INFO rocksdb, max-background-jobs, write-buffer-size and rate-limiter-bandwidth.";
    };
  }
}
