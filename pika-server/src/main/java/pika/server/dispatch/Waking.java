package pika.server.dispatch;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.blocking.Waiters;
import pika.server.session.ClientPause;

/**
 * Serves clients that are blocked on a key when it has changed.
 *
 * <p>The thread whose commit has changed the key serves them itself, before anything else and
 * before its own replies are sent, so that a client that pushes and then looks finds the element
 * taken, as in Redis. All waiters are served by one thread at a time, whatever their keys: that
 * guarantees first come, first served across event loops and for clients that wait for many keys. A
 * thread that finds another one serving leaves its keys to that one. What can't be done on an event
 * loop is handed over to a pool, along with the right to serve.
 *
 * <p>Thread-safe.
 */
final class Waking {
  private static final Logger LOG = LoggerFactory.getLogger(Waking.class);

  private final Services services;
  private final Waiters waiters;
  private final Pools pools;
  private final AtomicBoolean serving = new AtomicBoolean();

  Waking(Services services, Pools pools) {
    this.services = services;
    this.waiters = services.waiters();
    this.pools = pools;
  }

  /**
   * Serves the clients that the last commits concern. The runner's unit must be committed; on
   * return it is committed again.
   */
  void afterCommit(CommandRunner runner) {
    if (isNeeded() && serving.compareAndSet(false, true)) {
      serve(runner);
    }
  }

  /**
   * Like {@link #afterCommit}, after a commit on a thread that runs no commands, or when waiters
   * have been passed over.
   */
  void elsewhere() {
    if (isNeeded() && serving.compareAndSet(false, true)) {
      handOver(ThreadKind.FAST);
    }
  }

  /**
   * Returns whether anybody is to be served. Nobody is during a pause, because their commands might
   * write; the end of the pause triggers this again.
   */
  private boolean isNeeded() {
    return waiters.hasReady()
        && (!services.pause().isOn() || services.pause().mode() == ClientPause.Mode.NONE);
  }

  /** Serves with the right to serve held, which in the end is always given back or handed over. */
  private void serve(CommandRunner runner) {
    Shift shift = new Shift(services, pools, this, runner);
    do {
      ThreadKind needed = runner.kind();
      try {
        needed = shift.work();
      } catch (RuntimeException | Error e) {
        // The clients whose commit came before are not to blame and must be answered.
        LOG.error("unexpected failure while serving blocked clients", e);
      }
      if (needed != runner.kind()) {
        handOver(needed);
        return;
      }
      serving.set(false);
      // Threads that came while the right was taken have left their keys to this one.
    } while (isNeeded() && serving.compareAndSet(false, true));
  }

  private void handOver(ThreadKind needed) {
    try {
      pools.execute(needed, this::serve);
    } catch (RejectedExecutionException e) {
      serving.set(false);
      LOG.debug("shutting down: blocked clients are no longer served");
    } catch (RuntimeException | Error e) {
      serving.set(false);
      LOG.error(
          "cannot hand over the serving of blocked clients; they stay blocked until the next write",
          e);
    }
  }
}
