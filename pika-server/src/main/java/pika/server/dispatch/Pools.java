package pika.server.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.stats.PoolLoad;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.StorageException;

/**
 * The threads that may wait: a fast pool for commands that only wait for the disk and for locks,
 * and a slow pool for long ones, so that the fast never queue behind the slow. The queues are
 * bounded by the number of connections, because a lane has at most one task. Idle threads are
 * parked. Thread-safe.
 */
final class Pools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
  private static final long CLOSE_SECONDS = 10;

  /**
   * While one waits for the disk, another can hand its batch to RocksDB, which syncs them together.
   */
  private static final int COMMIT_THREADS = 2;

  /**
   * The fraction of fast threads, one in this many, that may wait for a lock that has been held for
   * long.
   */
  private static final int LOCK_WAITS_SHARE = 2;

  private final ThreadPoolExecutor fast;
  private final ThreadPoolExecutor slow;

  /**
   * Separate threads for commits of units that hold locks: queued behind lanes that wait for those
   * locks, they would deadlock.
   */
  private final ThreadPoolExecutor commits;

  /**
   * Limits waiting for locks, and so leaves threads for disk reads: a lock held for long must not
   * keep everybody from reading.
   */
  private final Semaphore lockWaits;

  Pools(Services services, int fastThreads, int slowThreads) {
    this.fast =
        pool("pika-pool-", fastThreads, work -> new PoolThread(work, services, ThreadKind.FAST));
    this.slow =
        pool("pika-slow-", slowThreads, work -> new PoolThread(work, services, ThreadKind.SLOW));
    this.commits = pool("pika-commit-", COMMIT_THREADS, Thread::new);
    this.lockWaits = new Semaphore(Math.max(1, fastThreads / LOCK_WAITS_SHARE));
  }

  /**
   * Runs a lane's requests.
   *
   * @throws RejectedExecutionException if the pools are closed
   */
  void submit(LaneTask task, boolean toSlow) {
    (toSlow ? slow : fast).execute(() -> PoolThread.current().run(task));
  }

  /**
   * Reserves one of the fast threads that may wait for locks, for {@link #submitBooked}; returns
   * false when there is none.
   */
  boolean bookLockWait() {
    return lockWaits.tryAcquire();
  }

  /** Runs a lane's requests on a reserved fast thread, and then frees the reservation. */
  void submitBooked(LaneTask task) {
    try {
      fast.execute(() -> {
        try {
          PoolThread.current().run(task);
        } finally {
          lockWaits.release();
        }
      });
    } catch (RuntimeException | Error e) {
      lockWaits.release();
      throw e;
    }
  }

  /**
   * Runs work that needs a runner on one of the two pools.
   *
   * @throws RejectedExecutionException if the pools are closed
   */
  void execute(ThreadKind where, Consumer<CommandRunner> work) {
    ThreadPoolExecutor pool = where == ThreadKind.SLOW ? slow : fast;
    pool.execute(() -> work.accept(PoolThread.current().runner()));
  }

  /**
   * Commits a unit that a loop could not commit without waiting, then reports the failure, or null.
   */
  void commit(UnitOfWork unit, Consumer<@Nullable StorageException> whenDone) {
    try {
      commits.execute(() -> whenDone.accept(commit(unit)));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      unit.close();
      whenDone.accept(new StorageException(
          "the write was not committed: the server is shutting down or out of memory", e));
    }
  }

  private static @Nullable StorageException commit(UnitOfWork unit) {
    try (unit) {
      unit.commit();
      return null;
    } catch (StorageException e) {
      return e;
    }
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
        LOG.warn(
            "shutdown: commands are still running after {} seconds, continuing without them",
            CLOSE_SECONDS);
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
    return fast.isTerminated() && slow.isTerminated() && commits.isTerminated();
  }

  private static ThreadPoolExecutor pool(
      String name, int threads, Function<Runnable, Thread> maker) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = maker.apply(work);
          thread.setName(name + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** A pool thread with its own runner. */
  private static final class PoolThread extends Thread {
    private final CommandRunner runner;
    private @Nullable LaneTask task;

    /**
     * Creates the runner at once, so that whoever submits work learns if there is no memory for
     * one.
     */
    PoolThread(Runnable work, Services services, ThreadKind kind) {
      super(work);
      this.runner = new CommandRunner(services, kind, this::commit);
    }

    static PoolThread current() {
      return (PoolThread) Thread.currentThread();
    }

    CommandRunner runner() {
      return runner;
    }

    void run(LaneTask newTask) {
      task = newTask;
      newTask.run(runner);
      task = null;
    }

    private void commit() {
      if (task != null) {
        task.commitAndDeliver(runner);
      }
    }
  }
}
