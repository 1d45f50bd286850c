package pika.server.stats;

import java.util.function.LongSupplier;

/** What the server notices about its own work while it serves. Safe for many threads. */
public record Observation(
    SlowLog slowLog,
    LatencyMonitor latency,
    HotKeys hotKeys,
    BigKeys bigKeys,
    LazyFrees lazyFrees) {

  /** One that has not seen anything yet. */
  public static Observation begin(LongSupplier clockMs) {
    return new Observation(
        new SlowLog(),
        new LatencyMonitor(clockMs),
        new HotKeys(System::nanoTime),
        new BigKeys(),
        new LazyFrees());
  }
}
