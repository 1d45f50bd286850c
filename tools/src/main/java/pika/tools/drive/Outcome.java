package pika.tools.drive;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What came of driving a server for a while.
 *
 * @param operations that were answered in that time
 * @param seconds it lasted
 * @param latencies of these operations in nanoseconds, from sending a pipeline to its last reply
 */
public record Outcome(long operations, double seconds, Histogram latencies) {

  public double operationsPerSecond() {
    return operations / seconds;
  }

  /** The latency that so many percent of the operations did not exceed; 100 for the longest. */
  public double latencyMs(double percent) {
    return latencies.getValueAtPercentile(percent) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
