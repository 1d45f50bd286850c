package pika.server.dispatch;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.blocking.Waiters;
import pika.server.command.Place;
import pika.server.session.ClientPause;

/**
 * Sees to it that those who wait for a key are served when it has changed.
 *
 * <p>The thread whose commit has changed the key serves them itself, before it does anything else and before its own replies
 * leave, so that a client that pushes and then looks finds what was waited for taken, as with Redis. All waiters are served
 * by one thread at a time, whatever their keys: that makes "who came first is served first" true across event loops, and
 * for clients that wait for many keys. A thread that finds another one at it leaves its keys to that one. What can't be done
 * on an event loop is handed over, with the right to serve, to a pool.
 *
 * <p>Safe for many threads.
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

  /** Serves whom the last commits concern. The runner's unit must be committed; afterwards it is so again. */
  void afterCommit(CommandRunner runner) {
    if (isNeeded() && serving.compareAndSet(false, true)) {
      serve(runner);
    }
  }

  /** The same after a commit on a thread that runs no commands, or when waiters have been passed over. */
  void elsewhere() {
    if (isNeeded() && serving.compareAndSet(false, true)) {
      handOver(Place.POOL);
    }
  }

  /** During a pause nobody is served: it might write. The end of the pause comes back to it. */
  private boolean isNeeded() {
    return waiters.hasReady()
        && (!services.pause().isOn() || services.pause().mode() == ClientPause.Mode.NONE);
  }

  /** With the right to serve, which is given back or handed on in the end, whatever happens. */
  private void serve(CommandRunner runner) {
    Shift shift = new Shift(services, pools, this, runner);
    do {
      Place needed = runner.place();
      try {
        needed = shift.work();
      } catch (RuntimeException | Error e) {
        // Those whose commit has come before are not to blame, and have to be answered.
        LOG.error("somebody who waits could not be served", e);
      }
      if (needed != runner.place()) {
        handOver(needed);
        return;
      }
      serving.set(false);
      // Whoever came while the right was taken has left his keys here.
    } while (isNeeded() && serving.compareAndSet(false, true));
  }

  private void handOver(Place needed) {
    try {
      pools.execute(needed, this::serve);
    } catch (RejectedExecutionException e) {
      serving.set(false);
      LOG.debug("closing: nobody is served any more");
    } catch (RuntimeException | Error e) {
      serving.set(false);
      LOG.error("those who wait are not served before the next change", e);
    }
  }
}
