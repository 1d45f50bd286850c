package pika.storage.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many keys so that their disk reads overlap, where RocksDB would do one after the other.
 *
 * <p>The caller reads part after part on its own as long as that is fast enough to come from
 * memory. After a slow part, threads of this pool help with the rest. The caller never waits for a
 * free thread: it continues reading until all parts are taken, and then waits only for those that
 * other threads are reading. Thread-safe.
 */
final class Readers {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  /**
   * The concurrency that a disk handles well; twice as many gained nothing (see
   * docs/benchmarks/tuning.md).
   */
  static final int THREADS = 8;

  /** Keys per part: few, so that nobody waits long for the last one. */
  private static final int PART_KEYS = 4;

  /**
   * Keys the caller reads at once when they come from memory: enough to cost no more than reading
   * all at once.
   */
  private static final int MOST_ALONE = 64;

  /** Per key: more than a read from memory takes, less than one from disk. */
  private static final long QUICK_NANOS = 10_000;

  private static final long IDLE_SECONDS = 10;

  /** How long {@link #end} waits; what is being read ahead is little. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;

  Readers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    AtomicInteger number = new AtomicInteger();
    this.threads = new ThreadPoolExecutor(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(THREADS),
        task -> {
          Thread thread = new Thread(task, "pika-read-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        // Dropped tasks are harmless: the requester reads what nobody helps with, or has read
        // ahead.
        new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Reads all keys and returns their values in order.
   *
   * @param read reads some of the keys, on any thread
   */
  <K, V> List<V> read(List<K> keys, Function<List<K>, List<V>> read) {
    List<V> values = new ArrayList<>(keys.size());
    int wanted = PART_KEYS;
    while (values.size() < keys.size()) {
      int from = values.size();
      int to = Math.min(keys.size(), from + wanted);
      long start = nanoTime.getAsLong();
      values.addAll(read.apply(keys.subList(from, to)));
      boolean isQuick = nanoTime.getAsLong() - start < QUICK_NANOS * (to - from);
      if (!isQuick && keys.size() - to > PART_KEYS) {
        Parts<K, V> rest = new Parts<>(keys.subList(to, keys.size()), read);
        values.addAll(rest.readWith(threads));
      }
      wanted = Math.min(MOST_ALONE, wanted * 2);
    }
    return values;
  }

  /**
   * Runs {@code read} in the background if a thread is free. If none is, or reading fails, nothing
   * happens: whoever needs the data will read it and report the failure.
   */
  void readAhead(Runnable read) {
    threads.execute(() -> {
      try {
        read.run();
      } catch (StorageException e) {
        LOG.debug("reading records ahead failed; the command reads them itself", e);
      }
    });
  }

  /**
   * Stops reading ahead and waits up to ten seconds for running reads; returns whether they have
   * ended. An interrupt does not cut the wait short.
   */
  boolean end() {
    threads.shutdown();
    boolean interrupted = false;
    long until = System.nanoTime() + END_NANOS;
    while (!threads.isTerminated() && System.nanoTime() - until < 0) {
      try {
        var unused = threads.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return threads.isTerminated();
  }

  /** Keys that several threads read: each takes the next part that is not taken yet. */
  private static final class Parts<K, V> implements Runnable {
    private final List<K> keys;
    private final Function<List<K>, List<V>> read;
    private final List<CompletableFuture<List<V>>> results = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    Parts(List<K> keys, Function<List<K>, List<V>> read) {
      this.keys = keys;
      this.read = read;
      for (int from = 0; from < keys.size(); from += PART_KEYS) {
        results.add(new CompletableFuture<>());
      }
    }

    List<V> readWith(ThreadPoolExecutor helpers) {
      for (int i = Math.min(THREADS, results.size() - 1); i > 0; i--) {
        helpers.execute(this);
      }
      run();
      try {
        // Wait for all, even if one has failed: no thread may still be reading when this returns.
        CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).join();
      } catch (CompletionException e) {
        throw failure(e);
      }
      List<V> values = new ArrayList<>(keys.size());
      results.forEach(result -> values.addAll(result.join()));
      return values;
    }

    /** Rethrows another thread's failure as if it were the caller's. */
    private static RuntimeException failure(CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return e.getCause() instanceof RuntimeException failure ? failure : e;
    }

    @Override
    public void run() {
      int number;
      while ((number = begun.getAndIncrement()) < results.size()) {
        CompletableFuture<List<V>> result = results.get(number);
        int from = number * PART_KEYS;
        try {
          result.complete(read.apply(keys.subList(from, Math.min(keys.size(), from + PART_KEYS))));
        } catch (RuntimeException | Error e) {
          result.completeExceptionally(e);
        }
      }
    }
  }
}
