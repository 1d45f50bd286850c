package pika.server.blocking;

import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.server.Loop;
import pika.server.command.Wait;
import pika.server.session.Session;
import pika.storage.key.Key;
import pika.storage.key.KeyRecord;

/**
 * A client waiting in a blocking command.
 *
 * <pre>
 *            claim                answered, dropped
 *   WAITING --------> TRYING ----------------------> OVER
 *           <--------                                 ^
 *            giveBack                                 |
 *           ------------------------------------------+
 *              end: timeout, CLIENT UNBLOCK, gone
 * </pre>
 *
 * <p>Whoever has claimed it may run its command and has exclusive use of the client's session
 * meanwhile; an end that comes during a try takes effect after it. Thread-safe, except for the
 * timer, which belongs to the client's loop.
 */
public final class Waiter {
  /** Called when the client's lane may continue. */
  @FunctionalInterface
  public interface Resumption {
    /**
     * Called once, on any thread, with no locks held; {@code reply} is as the client wants to see
     * it.
     */
    void resume(Waiter waiter, Reply reply);
  }

  private enum State {
    WAITING,
    TRYING,
    OVER
  }

  private final Waiters waiters;
  private final long number;
  private final Session session;
  private final Request request;
  private final long timeoutMs;
  private final Resumption resumption;

  private State state = State.WAITING;
  /** What it waits for; a failed try may refine it. */
  private Wait wait;

  /** How it ends if the current try fails. */
  private @Nullable Reply endAfterTry;

  private List<Key> keys = List.of();

  private @Nullable Future<?> timer;
  private boolean resumed;
  private volatile boolean ended;

  Waiter(
      Waiters waiters,
      long number,
      Session session,
      Request request,
      Wait wait,
      Resumption resumption) {
    this.waiters = waiters;
    this.number = number;
    this.session = session;
    this.request = request;
    this.wait = wait;
    this.timeoutMs = wait.timeoutMs();
    this.resumption = resumption;
  }

  /** Returns its number; earlier arrivals have lower ones. */
  long number() {
    return number;
  }

  public Session session() {
    return session;
  }

  /** Returns the request that waits. */
  public Request request() {
    return request;
  }

  /** Returns the arguments of a retry, now that something is stored under {@code userKey}. */
  public byte[][] retryFor(byte[] userKey) {
    Wait.Retry retry = wanted().retry();
    return retry == null ? request.args() : retry.args(userKey);
  }

  synchronized Wait wanted() {
    return wait;
  }

  boolean hasTimeout() {
    return timeoutMs > 0;
  }

  /** Returns whether a retry is worthwhile now that {@code record} is stored under {@code key}. */
  boolean isReady(Key key, @Nullable KeyRecord record) {
    List<Key> now = keys();
    Wait until = wanted();
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).equals(key) && until.isReady(i, record)) {
        return true;
      }
    }
    return false;
  }

  synchronized List<Key> keys() {
    return keys;
  }

  /**
   * Moves to the queues of these keys, which stand for the same names in the same database as the
   * previous ones.
   */
  synchronized void queue(List<Key> newKeys) {
    if (state != State.OVER) {
      waiters.leaveQueues(this, keys);
      keys = newKeys;
      waiters.joinQueues(this, keys);
    }
  }

  /**
   * Claims it for a try; returns false if another thread has it, it is over, or its client is known
   * to be gone.
   */
  public synchronized boolean claim() {
    if (state != State.WAITING || !session.connection().isReachable()) {
      return false;
    }
    state = State.TRYING;
    return true;
  }

  /** Ends a failed try, which has refined what is worth another one. */
  public void giveBack(Wait until) {
    synchronized (this) {
      wait = wait.after(until);
    }
    giveBack();
  }

  /** Ends a failed try: it keeps waiting in its place, unless its end has come meanwhile. */
  public void giveBack() {
    Reply end;
    synchronized (this) {
      if (state == State.OVER) {
        return;
      }
      state = State.WAITING;
      end = endAfterTry;
    }
    if (end != null) {
      end(end);
    }
  }

  /** Ends a successful try; {@code reply} is as the client wants to see it. */
  public void answered(Reply reply) {
    synchronized (this) {
      if (state == State.OVER) {
        return;
      }
      leave();
    }
    resumption.resume(this, reply);
  }

  /**
   * Ends the wait with a reply; if a try is running, its outcome takes precedence. Returns false
   * when it is already over.
   */
  public boolean end(Reply reply) {
    synchronized (this) {
      if (state == State.OVER) {
        return false;
      }
      if (state == State.TRYING) {
        endAfterTry = reply;
        return true;
      }
      leave();
    }
    ended = true;
    resumption.resume(this, session.wanted(reply));
    return true;
  }

  /**
   * Returns whether the wait was {@linkplain #end ended} rather than answered; known when the
   * client is resumed.
   */
  public boolean hasEnded() {
    return ended;
  }

  /** Drops the waiter without a reply, because the client is gone. */
  public synchronized void drop() {
    if (state != State.OVER) {
      leave();
    }
  }

  private void leave() {
    state = State.OVER;
    waiters.leaveQueues(this, keys);
    waiters.forget(this);
  }

  // ---- on the client's loop

  /**
   * Starts the timeout once the client's lane is suspended. Independent of changes to the system
   * clock.
   */
  public void startTimer(Loop loop) {
    if (hasTimeout()) {
      timer = loop.schedule(() -> end(wanted().timedOut()), timeoutMs);
    }
  }

  /** Stops the timeout: the lane continues, or never will. */
  public void stopTimer() {
    resumed = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Returns whether the reply came before the lane could be suspended. */
  public boolean isResumed() {
    return resumed;
  }
}
