package pika.server.stats;

import java.util.function.LongSupplier;

/** Everything the server observes about its own work. Thread-safe. */
public record Observation(
    SlowLog slowLog,
    LatencyMonitor latency,
    HotKeys hotKeys,
    BigKeys bigKeys,
    LazyFrees lazyFrees) {

  /** Returns one without observations. */
  public static Observation begin(LongSupplier clockMs) {
    return new Observation(
        new SlowLog(),
        new LatencyMonitor(clockMs),
        new HotKeys(System::nanoTime),
        new BigKeys(),
        new LazyFrees());
  }
}
