package pika.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Periodic maintenance tasks. Every task has its own thread: a slow one must not delay the others,
 * and threads that share a queue wake each other up more often than there is work.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long PATIENCE_SECONDS = 10;

  private final List<ScheduledExecutorService> threads = new ArrayList<>();

  /** Runs a task periodically from now on, whether or not it fails. */
  void every(long periodMs, String name, Runnable task) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(work -> thread(work, name));
    threads.add(thread);
    UpkeepTask untiring = new UpkeepTask(name, task, System::nanoTime);
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(untiring, periodMs, periodMs, TimeUnit.MILLISECONDS);
  }

  /** Starts no more tasks. */
  void stop() {
    threads.forEach(ScheduledExecutorService::shutdown);
  }

  /**
   * Waits for running tasks, however long they take: closing RocksDB under one would crash the
   * process.
   */
  void awaitEnd() {
    boolean interrupted = false;
    for (ScheduledExecutorService thread : threads) {
      boolean ended = false;
      while (!ended) {
        try {
          ended = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
          if (!ended) {
            LOG.warn("shutdown is waiting for a background task of the storage to finish");
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, "pika-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
