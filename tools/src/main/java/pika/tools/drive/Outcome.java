package pika.tools.drive;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The result of driving a server for some time.
 *
 * @param operations how many were answered
 * @param seconds the measured time
 * @param latencies the operations' latencies in nanoseconds, from sending a pipeline to its last
 *     reply
 */
public record Outcome(long operations, double seconds, Histogram latencies) {

  public double operationsPerSecond() {
    return operations / seconds;
  }

  /** The latency at a percentile, in milliseconds; 100 is the maximum. */
  public double latencyMs(double percent) {
    return latencies.getValueAtPercentile(percent) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
