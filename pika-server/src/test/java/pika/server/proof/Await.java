package pika.server.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, never for a time: bounded, and it says what it waited for in vain. */
public final class Await {
  private static final long PAUSE_NANOS = 2_000_000;

  private Await() {}

  /** A condition that may ask a server. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  public static void until(String what, Duration limit, Condition condition) throws Exception {
    if (!within(limit, condition)) {
      throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
    }
  }

  /** Whether the condition came true in time. */
  public static boolean within(Duration limit, Condition condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
