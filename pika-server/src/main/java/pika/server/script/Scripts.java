package pika.server.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All scripts that are known by name. Those that were only ever given to EVAL are as many as Redis keeps, the oldest go
 * first; loaded ones stay until they are flushed. Safe for many threads.
 */
public final class Scripts {
  private static final int MOST_EVALUATED = 500;

  private final Map<String, Script> bySha1 = new ConcurrentHashMap<>();
  /** Names of those that may go, oldest first. Guarded by this. */
  private final Deque<String> evaluated = new ArrayDeque<>();

  /** The script of that name, in any case of its letters. */
  public @Nullable Script find(String sha1) {
    return bySha1.get(sha1);
  }

  /** The script that EVAL was given; {@code script} makes it if it is new. */
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

  /** How long their sources are together. */
  public long sizeBytes() {
    long sum = 0;
    for (Script script : bySha1.values()) {
      sum += script.code().length;
    }
    return sum;
  }
}
