package pika.server.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that may wait, each with a runner of its own, for all commands alike: benchmarked models
 * have no second pool for slow ones. Thread-safe.
 */
final class RunnerPool implements AutoCloseable {
  /** Work that one thread does without interruption. */
  interface Work {
    void run(CommandRunner runner);

    /** Commits what has been done so far, because the runner must wait for a lock. */
    void commit(CommandRunner runner);
  }

  private static final long CLOSE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  RunnerPool(Services services, int size) {
    AtomicInteger number = new AtomicInteger();
    threads = new ThreadPoolExecutor(
        size,
        size,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> new RunnerThread(task, "model-pool-" + number.incrementAndGet(), services));
  }

  void execute(Work work) {
    threads.execute(() -> ((RunnerThread) Thread.currentThread()).run(work));
  }

  /** Runs something that needs no runner. */
  void executePlain(Runnable work) {
    threads.execute(work);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("commands are still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class RunnerThread extends Thread {
    private final CommandRunner runner;
    private @Nullable Work work;

    RunnerThread(Runnable tasks, String name, Services services) {
      super(tasks, name);
      setDaemon(true);
      // ThreadKind.SLOW runs every command.
      this.runner = new CommandRunner(services, ThreadKind.SLOW, this::commit);
    }

    void run(Work next) {
      work = next;
      next.run(runner);
      work = null;
    }

    private void commit() {
      if (work != null) {
        work.commit(runner);
      }
    }
  }
}
