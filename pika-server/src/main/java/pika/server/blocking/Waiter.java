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
 * A client that waits in a blocking command.
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
 * Whoever has claimed it may run its command, and has the client's session to itself meanwhile; an end that comes during a
 * try waits for its outcome. Safe for many threads, but for the timer, which belongs to the client's loop.
 */
public final class Waiter {
  /** Told when the client's lane may go on. */
  @FunctionalInterface
  public interface Resumption {
    /** {@code reply} is as the client wants to see it; called once, on any thread, with no locks held. */
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
  /** What it waits for; who tries in vain may know better than before. */
  private Wait wait;

  /** How it ends when the present try is in vain. */
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

  /** Counts up: who came first has the smaller one. */
  long number() {
    return number;
  }

  public Session session() {
    return session;
  }

  /** What to run for another try. */
  public Request request() {
    return request;
  }

  synchronized Wait wanted() {
    return wait;
  }

  boolean hasTimeout() {
    return timeoutMs > 0;
  }

  /** Whether another try is worth it when {@code record} stands under {@code key}. */
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

  /** Moves to the queues of these keys, which stand for the same names in the same database as those before. */
  synchronized void queue(List<Key> newKeys) {
    if (state != State.OVER) {
      waiters.leaveQueues(this, keys);
      keys = newKeys;
      waiters.joinQueues(this, keys);
    }
  }

  /** Takes it for a try; false if somebody else has it, it is over, or its client is known to be gone. */
  public synchronized boolean claim() {
    if (state != State.WAITING || !session.connection().isReachable()) {
      return false;
    }
    state = State.TRYING;
    return true;
  }

  /** The try was in vain, and has told anew what is worth another one. */
  public void giveBack(Wait until) {
    synchronized (this) {
      wait = wait.when(until.readiness());
    }
    giveBack();
  }

  /** The try has come to nothing: it waits on in its place, unless its end has come meanwhile. */
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

  /** The try has led to this reply, which is as the client wants to see it. */
  public void answered(Reply reply) {
    synchronized (this) {
      if (state == State.OVER) {
        return;
      }
      leave();
    }
    resumption.resume(this, reply);
  }

  /** Ends the wait with a reply; what a try that goes on comes to has precedence. False when it is over already. */
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

  /** Whether the wait was {@link #end ended} rather than answered; known when the client is resumed. */
  public boolean hasEnded() {
    return ended;
  }

  /** The client is gone: nobody is left to be answered. */
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

  /** Starts the clock, when the client's lane has been suspended: it waits for the whole timeout, whatever the time of day does. */
  public void startTimer(Loop loop) {
    if (hasTimeout()) {
      timer = loop.schedule(() -> end(wanted().timedOut()), timeoutMs);
    }
  }

  /** The lane goes on, or never will. */
  public void stopTimer() {
    resumed = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Whether the reply was there before the lane could be suspended. */
  public boolean isResumed() {
    return resumed;
  }
}
