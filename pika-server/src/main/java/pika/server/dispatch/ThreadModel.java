package pika.server.dispatch;

import pika.net.server.RequestListener;
import pika.server.session.Sessions;
import pika.server.stats.PoolLoad;

/**
 * Decides which thread executes which requests, and what they share a commit with. The server's own is {@link Dispatcher};
 * those it was measured against are benchmark code and live with the tests.
 */
public interface ThreadModel extends RequestListener, AutoCloseable {
  /** Lets running commands end; requests that have not been begun are not answered. */
  @Override
  void close();

  /**
   * After {@link #close}: whether no command runs any more, so that the store may be closed under it.
   */
  default boolean isQuiet() {
    return true;
  }

  /** How busy its pools are; from any thread. */
  default PoolLoad poolLoad() {
    return PoolLoad.NONE;
  }

  /** Makes the model of a server. */
  @FunctionalInterface
  interface Factory {
    /**
     * Begins.
     *
     * @param fastThreads pool threads for what is quick but may wait
     * @param slowThreads pool threads for what takes long
     */
    ThreadModel begin(Services services, Sessions sessions, int fastThreads, int slowThreads);
  }
}
