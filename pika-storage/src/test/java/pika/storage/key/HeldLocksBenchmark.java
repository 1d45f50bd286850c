package pika.storage.key;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;
import pika.storage.Timed;

/**
 * The cost of taking and releasing the locks of a unit of work. With {@code -t 2} two threads share
 * the stripes and the gate: each has its own keys for writing and both have the same for reading.
 */
public class HeldLocksBenchmark extends Timed {
  /** The locks of one store. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final KeyLocks locks = new KeyLocks();
  }

  @Param({"1", "10", "200"})
  private int keys;

  private HeldLocks held;
  private int[] reading;
  private int[] writing;

  @Setup
  public void plan(Shared shared, ThreadParams threads) {
    held = new HeldLocks(shared.locks);
    int half = KeyLocks.count() / 2;
    int part = half / threads.getThreadCount();
    reading = plan(0, half, 0);
    writing = plan(half + threads.getThreadIndex() * part, part, 1);
  }

  /** Returns some ascending stripes out of {@code width} from {@code from} on. */
  private int[] plan(int from, int width, int forWriting) {
    return new Random(1)
        .ints(from, from + width)
        .distinct()
        .limit(keys)
        .sorted()
        .map(stripe -> stripe << 1 | forWriting)
        .toArray();
  }

  @Benchmark
  public int triedForReading() {
    return tryAll(reading);
  }

  @Benchmark
  public int triedForWriting() {
    return tryAll(writing);
  }

  @Benchmark
  public boolean awaitedForWriting() {
    boolean got = held.await(writing, () -> false);
    held.releaseAll();
    return got;
  }

  private int tryAll(int[] plan) {
    int got = 0;
    for (int wanted : plan) {
      got += held.tryLock(wanted) ? 1 : 0;
    }
    held.releaseAll();
    return got;
  }

  /** A failed lock would cost less than a successful one. */
  @TearDown
  public void check() {
    if (tryAll(reading) != keys || tryAll(writing) != keys) {
      throw new IllegalStateException("not all locks were to be had");
    }
  }
}
