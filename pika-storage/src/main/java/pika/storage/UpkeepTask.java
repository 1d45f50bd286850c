package pika.storage;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.rocks.StorageException;

/**
 * A task that is repeated even if it fails. On a full disk it fails twenty times a second for
 * hours, so it logs only the first failure, one per minute after that, and the recovery. Confined
 * to its thread.
 */
final class UpkeepTask implements Runnable {
  static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(UpkeepTask.class);

  private final String name;
  private final Runnable task;
  private final LongSupplier nanoTime;
  private long failures;
  private long loggedNanos;

  UpkeepTask(String name, Runnable task, LongSupplier nanoTime) {
    this.name = name;
    this.task = task;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run() {
    try {
      task.run();
      succeeded();
    } catch (RuntimeException | Error e) {
      report(e);
    }
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("background task '{}' succeeded again after {} failures", name, failures);
      failures = 0;
    }
  }

  /** A task that throws is not repeated, so a lack of memory for the line must not be thrown. */
  private void report(Throwable failure) {
    try {
      failed(failure);
    } catch (OutOfMemoryError e) {
      // It is logged the next time, or counted.
    }
  }

  private void failed(Throwable failure) {
    failures++;
    long now = nanoTime.getAsLong();
    if (failures > 1 && now - loggedNanos < SILENCE_NANOS) {
      return;
    }
    loggedNanos = now;
    if (failure instanceof StorageException) {
      // The message tells what is wrong with the disk; the stack trace would add nothing.
      LOG.error("background task '{}' failed and is retried: {}", name, failure.getMessage());
    } else {
      LOG.error("background task '{}' failed and is retried", name, failure);
    }
  }
}
