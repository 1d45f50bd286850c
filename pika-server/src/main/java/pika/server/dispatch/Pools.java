package pika.server.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.command.Place;
import pika.server.stats.PoolLoad;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.StorageException;

/**
 * The threads that may wait: a pool for what is quick but for the disk and for locks, one for what takes long, so that the
 * long never stands in front of the quick. Their queues are bounded by the number of connections, because a lane has at most
 * one task. Idle threads are parked and cost nothing. Safe for many threads.
 */
final class Pools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
  private static final long CLOSE_SECONDS = 10;

  /** While one waits for the disk, the next can be handed to RocksDB, which syncs them together. */
  private static final int COMMIT_THREADS = 2;

  private final ThreadPoolExecutor fast;
  private final ThreadPoolExecutor slow;

  /**
   * Threads of its own for the commits of units that hold locks: behind lanes that wait for those
   * locks they would wait for ever.
   */
  private final ThreadPoolExecutor commits;

  Pools(Services services, int fastThreads, int slowThreads) {
    this.fast = pool(services, "pika-pool-", fastThreads, Place.POOL);
    this.slow = pool(services, "pika-slow-", slowThreads, Place.SLOW);
    this.commits = pool(services, "pika-commit-", COMMIT_THREADS, Place.POOL);
  }

  void submit(LaneTask task, boolean toSlow) {
    (toSlow ? slow : fast).execute(() -> PoolThread.current().run(task));
  }

  /** Runs something that needs a runner on one of the two pools. */
  void execute(Place where, Consumer<CommandRunner> work) {
    ThreadPoolExecutor pool = where == Place.SLOW ? slow : fast;
    pool.execute(() -> work.accept(PoolThread.current().runner()));
  }

  /** Commits a unit that a loop could not commit without waiting; then tells how it went. */
  void commit(UnitOfWork unit, Consumer<@Nullable StorageException> whenDone) {
    commits.execute(() -> {
      StorageException failure = null;
      try (unit) {
        unit.commit();
      } catch (StorageException e) {
        failure = e;
      }
      whenDone.accept(failure);
    });
  }

  @Override
  public void close() {
    fast.shutdown();
    slow.shutdown();
    commits.shutdown();
    try {
      if (!fast.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
          || !slow.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
          || !commits.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("commands are still running after {} seconds", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  PoolLoad load() {
    return new PoolLoad(
        fast.getActiveCount(),
        fast.getQueue().size(),
        slow.getActiveCount(),
        slow.getQueue().size());
  }

  boolean isQuiet() {
    return fast.isTerminated() && slow.isTerminated();
  }

  private static ThreadPoolExecutor pool(Services services, String name, int threads, Place place) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> new PoolThread(task, name + number.incrementAndGet(), services, place));
  }

  /** A thread with its own runner, made when it first has something to run. */
  private static final class PoolThread extends Thread {
    private final Services services;
    private final Place place;
    private @Nullable CommandRunner runner;
    private @Nullable LaneTask task;

    PoolThread(Runnable work, String name, Services services, Place place) {
      super(work, name);
      this.services = services;
      this.place = place;
      setDaemon(true);
    }

    static PoolThread current() {
      return (PoolThread) Thread.currentThread();
    }

    CommandRunner runner() {
      CommandRunner mine = runner;
      if (mine == null) {
        mine = services.runner(place, this::commit);
        runner = mine;
      }
      return mine;
    }

    void run(LaneTask newTask) {
      task = newTask;
      newTask.run(runner());
      task = null;
    }

    private void commit() {
      if (task != null && runner != null) {
        task.commitAndDeliver(runner);
      }
    }
  }
}
