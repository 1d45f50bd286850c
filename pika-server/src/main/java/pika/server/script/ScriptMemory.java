package pika.server.script;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The interpreters of one purpose, one for each thread that has needed one: what their values take, and their end. Safe for
 * many threads.
 */
public final class ScriptMemory {
  private final Set<ScriptThread> threads = ConcurrentHashMap.newKeySet();

  /** An interpreter was made. */
  public void add(ScriptThread thread) {
    threads.add(thread);
  }

  /** Ends an interpreter that is of no more use; on its own thread. */
  public void close(ScriptThread thread) {
    threads.remove(thread);
    thread.close();
  }

  /** What the values of all interpreters took when they were looked at last. */
  public long usedBytes() {
    return threads.stream().mapToLong(ScriptThread::usedBytes).sum();
  }

  /** Ends all interpreters; nothing may run any more. */
  public void closeAll() {
    threads.forEach(ScriptThread::close);
    threads.clear();
  }
}
