package pika.server.stats;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts error replies by code, the first word of the text. Thread-safe; errors are rare enough to
 * share counters.
 */
public final class ErrorStats {
  /** Scripts can make up codes, so their number is bounded as in Redis. */
  private static final int MAX_CODES = 128;

  private static final String OVERFLOW = "ERRORSTATS_OVERFLOW";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder total = new LongAdder();

  /** Counts one error reply. */
  public void count(String code) {
    total.increment();
    LongAdder known = counts.get(code);
    if (known == null) {
      String name = counts.size() < MAX_CODES ? code : OVERFLOW;
      known = counts.computeIfAbsent(name, unused -> new LongAdder());
    }
    known.increment();
  }

  public long total() {
    return total.sum();
  }

  /** Returns the counts by code, in alphabetical order. */
  public Map<String, Long> counts() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((code, count) -> snapshot.put(code, count.sum()));
    return snapshot;
  }

  public void reset() {
    counts.clear();
    total.reset();
  }
}
