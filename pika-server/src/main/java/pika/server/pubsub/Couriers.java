package pika.server.pubsub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pika.net.server.Loop;

/** The courier of each loop that has subscribers. Safe for many threads. */
final class Couriers {
  private final Map<Loop, Courier> byLoop = new ConcurrentHashMap<>();
  private volatile boolean mayBeCongested;

  Courier of(Loop loop) {
    return byLoop.computeIfAbsent(loop, key -> new Courier(key, () -> mayBeCongested = true));
  }

  /** One volatile read as long as all is well. */
  boolean areCongested() {
    if (mayBeCongested) {
      // Before looking: who gets congested meanwhile says so again.
      mayBeCongested = false;
      mayBeCongested = byLoop.values().stream().anyMatch(Courier::isCongested);
    }
    return mayBeCongested;
  }
}
