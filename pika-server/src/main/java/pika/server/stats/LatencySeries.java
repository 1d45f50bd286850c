package pika.server.stats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The latest samples of one kind of event, and the longest duration ever. Synchronized. */
final class LatencySeries {
  /** As many as Redis keeps. */
  static final int LENGTH = 160;

  private final Deque<LatencySample> samples = new ArrayDeque<>();
  private long worstMs;

  /** Adds a sample; within one second, the longest is kept. */
  synchronized void add(long unixSeconds, long ms) {
    worstMs = Math.max(worstMs, ms);
    LatencySample last = samples.peekLast();
    if (last != null && last.unixSeconds() == unixSeconds) {
      samples.removeLast();
      samples.addLast(new LatencySample(unixSeconds, Math.max(last.ms(), ms)));
      return;
    }
    if (samples.size() == LENGTH) {
      samples.removeFirst();
    }
    samples.addLast(new LatencySample(unixSeconds, ms));
  }

  synchronized List<LatencySample> samples() {
    return new ArrayList<>(samples);
  }

  synchronized long worstMs() {
    return worstMs;
  }
}
