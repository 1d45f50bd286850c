package pika.server.stats;

/**
 * The load of the thread pools.
 *
 * @param quickActive threads executing quick commands
 * @param quickWaiting connections whose quick commands wait for a thread
 * @param slowActive threads executing slow commands
 * @param slowWaiting connections whose slow commands wait for a thread
 */
public record PoolLoad(int quickActive, int quickWaiting, int slowActive, int slowWaiting) {
  /** For thread models without pools. */
  public static final PoolLoad NONE = new PoolLoad(0, 0, 0, 0);
}
