package pika.server.stats;

/**
 * How busy the threads are that may wait.
 *
 * @param quickActive threads that execute quick commands at this moment
 * @param quickWaiting connections whose quick commands wait for such a thread
 * @param slowActive threads that execute slow commands at this moment
 * @param slowWaiting connections whose slow commands wait for such a thread
 */
public record PoolLoad(int quickActive, int quickWaiting, int slowActive, int slowWaiting) {
  /** Where there are no such threads. */
  public static final PoolLoad NONE = new PoolLoad(0, 0, 0, 0);
}
