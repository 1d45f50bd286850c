package pika.server.pubsub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pika.net.server.Loop;

/** The courier of each loop that has subscribers. Thread-safe. */
final class Couriers {
  private final Map<Loop, Courier> byLoop = new ConcurrentHashMap<>();
  private volatile boolean mayBeCongested;

  Courier of(Loop loop) {
    return byLoop.computeIfAbsent(loop, key -> new Courier(key, () -> mayBeCongested = true));
  }

  /** Returns whether any courier is congested: one volatile read normally. */
  boolean areCongested() {
    if (mayBeCongested) {
      // Before checking: a courier congested meanwhile sets it again.
      mayBeCongested = false;
      mayBeCongested = byLoop.values().stream().anyMatch(Courier::isCongested);
    }
    return mayBeCongested;
  }
}
