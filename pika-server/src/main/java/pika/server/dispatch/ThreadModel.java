package pika.server.dispatch;

import pika.net.server.RequestListener;
import pika.server.session.Sessions;
import pika.server.stats.PoolLoad;

/**
 * Decides which thread executes which requests, and which requests share a commit. The server uses
 * {@link Dispatcher}; the models it was benchmarked against are part of the tests.
 */
public interface ThreadModel extends RequestListener, AutoCloseable {
  /** Lets running commands finish; requests that have not started are not answered. */
  @Override
  void close();

  /**
   * Returns whether no command is running any more, after {@link #close}, so that the store may be
   * closed.
   */
  default boolean isQuiet() {
    return true;
  }

  /** Returns how busy its pools are. Callable from any thread. */
  default PoolLoad poolLoad() {
    return PoolLoad.NONE;
  }

  /** Creates a server's thread model. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates and starts the model.
     *
     * @param fastThreads pool threads for commands that are quick but may wait
     * @param slowThreads pool threads for long commands
     */
    ThreadModel begin(Services services, Sessions sessions, int fastThreads, int slowThreads);
  }
}
