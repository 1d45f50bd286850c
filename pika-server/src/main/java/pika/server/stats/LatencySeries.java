package pika.server.stats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was long of one kind of event: the latest moments, and the worst ever. Locked by itself. */
final class LatencySeries {
  /** As many as Redis keeps. */
  static final int LENGTH = 160;

  private final Deque<LatencySample> samples = new ArrayDeque<>();
  private long worstMs;

  /** Of several in one second the worst is kept. */
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
