package pika.server.command;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures that clients can cause at any rate, as every write does while the disk is full: one
 * per second, with the number of those suppressed, so that the log does not fill the disk.
 * Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private long lastNanos; // guarded by this, as is the rest
  private long leftOut;
  private boolean begun;

  FailureLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Logs that {@code what} failed and why, or counts it as suppressed. */
  synchronized void add(String what, @Nullable String why) {
    long now = nanoTime.getAsLong();
    if (begun && now - lastNanos < SILENCE_NANOS) {
      leftOut++;
      return;
    }
    String others = leftOut == 0 ? "" : " (and " + leftOut + " more failures since the last line)";
    LOG.error("{} failed: {}{}", what, why, others);
    begun = true;
    lastNanos = now;
    leftOut = 0;
  }
}
