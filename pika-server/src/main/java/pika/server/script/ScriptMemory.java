package pika.server.script;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The interpreters of one purpose, one per thread that has needed one: their memory and their end.
 * Thread-safe.
 */
public final class ScriptMemory {
  private final Set<ScriptThread> threads = ConcurrentHashMap.newKeySet();

  /** Registers a new interpreter. */
  public void add(ScriptThread thread) {
    threads.add(thread);
  }

  /** Closes an interpreter that is no longer usable; on its own thread. */
  public void close(ScriptThread thread) {
    threads.remove(thread);
    thread.close();
  }

  /** Returns the memory of all interpreters' values, as last measured. */
  public long usedBytes() {
    return threads.stream().mapToLong(ScriptThread::usedBytes).sum();
  }

  /** Closes all interpreters; none may be running. */
  public void closeAll() {
    threads.forEach(ScriptThread::close);
    threads.clear();
  }
}
