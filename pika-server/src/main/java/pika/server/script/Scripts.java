package pika.server.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The script cache. Scripts only given to EVAL are limited in number as in Redis, the oldest are
 * evicted; loaded ones stay until a flush. Thread-safe.
 */
public final class Scripts {
  private static final int MOST_EVALUATED = 500;

  private final Map<String, Script> bySha1 = new ConcurrentHashMap<>();
  /** Names of those that may be evicted, oldest first. Guarded by this. */
  private final Deque<String> evaluated = new ArrayDeque<>();

  /** Returns the script with this SHA-1, ignoring case. */
  public @Nullable Script find(String sha1) {
    return bySha1.get(sha1);
  }

  /** Adds a script given to EVAL. */
  void addEvaluated(Script script) {
    synchronized (this) {
      if (bySha1.putIfAbsent(script.sha1(), script) == null) {
        evaluated.add(script.sha1());
        if (evaluated.size() > MOST_EVALUATED) {
          bySha1.remove(evaluated.remove());
        }
      }
    }
  }

  void addLoaded(Script script) {
    synchronized (this) {
      bySha1.put(script.sha1(), script);
      evaluated.remove(script.sha1());
    }
  }

  public void flush() {
    synchronized (this) {
      bySha1.clear();
      evaluated.clear();
    }
  }

  public int count() {
    return bySha1.size();
  }

  /** Returns the total size of the sources in bytes. */
  public long sizeBytes() {
    long sum = 0;
    for (Script script : bySha1.values()) {
      sum += script.code().length;
    }
    return sum;
  }
}
