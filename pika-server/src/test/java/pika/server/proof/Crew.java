package pika.server.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that begin the same work at the same moment. */
public final class Crew {
  private static final int LIMIT_SECONDS = 60;

  private Crew() {}

  /** What each thread does; its index begins at 0. */
  @FunctionalInterface
  public interface Work {
    void run(int index) throws Exception;
  }

  /** Returns when all are done; what one of them throws is thrown, whatever the others do. */
  public static void of(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        results.add(pool.submit(() -> {
          start.await();
          work.run(index);
          return null;
        }));
      }
      for (Future<?> result : results) {
        result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
