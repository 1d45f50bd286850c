package pika.server.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.Request;

/**
 * The requests of one connection that wait for execution, and the replies that wait for their
 * commit. Requests take effect one after the other: while anything but the loop's own pass works
 * for the lane (a pool thread, a slow commit, a pause), it is taken, and what arrives meanwhile
 * waits. The same holds while a blocking command waits for its keys.
 *
 * <p>Confined to the connection's event loop, except for {@link #takeHandedOver}.
 */
public final class Lane {
  private static final long NONE = -1;

  private final Session session;
  private final Deque<Request> waiting = new ArrayDeque<>(4);
  private final List<Request> executed = new ArrayList<>(4);
  private final List<Reply> replies = new ArrayList<>(4);
  private final AtomicReference<List<Request>> handedOver = new AtomicReference<>(List.of());
  private int lockedOut;
  private boolean cold;
  /** The sequence number of the request that was the first one of those last handed over. */
  private long handedOverFirst = NONE;

  private boolean taken;
  private boolean blocked;
  private boolean queued;

  Lane(Session session) {
    this.session = session;
  }

  /** Returns the session these requests belong to. */
  public Session session() {
    return session;
  }

  /** Adds newly arrived requests. */
  public void add(List<Request> requests) {
    waiting.addAll(requests);
  }

  /** Returns the next request, null when none waits. */
  public @Nullable Request next() {
    return waiting.peek();
  }

  /** Returns the waiting requests, the next one first. */
  public Iterable<Request> waiting() {
    return waiting;
  }

  /** Removes the next request, which was executed; its reply is kept until the commit. */
  public void executed(Reply reply) {
    executed.add(waiting.remove());
    replies.add(reply);
    lockedOut = 0;
  }

  /** Counts that the next request found a lock held; returns how often in a row. */
  public int lockedOut() {
    return ++lockedOut;
  }

  /** Returns whether the next request found a lock held when it was last tried. */
  public boolean isLockedOut() {
    return lockedOut > 0;
  }

  /** Resets that count, because the next request waits for something other than a lock. */
  public void notLockedOut() {
    lockedOut = 0;
  }

  /** Notes whether the next request was found to need a record that is only on disk. */
  public void cold(boolean needsDisk) {
    cold = needsDisk;
  }

  /**
   * Returns whether the next request needs a record that is only on disk, and has not yet been handed
   * over as the first one for that reason.
   */
  public boolean isColdForTheFirstTime() {
    Request next = waiting.peek();
    return cold && next != null && next.sequence() != handedOverFirst;
  }

  /** Removes the next request, which was executed and will be answered elsewhere later. */
  public void postponed() {
    waiting.remove();
  }

  /** Returns how many replies wait for the commit. */
  public int uncommitted() {
    return replies.size();
  }

  /** Replaces each waiting reply after its commit has failed. */
  public void replaceReplies(BiFunction<Request, Reply, Reply> replacement) {
    for (int i = 0; i < replies.size(); i++) {
      replies.set(i, replacement.apply(executed.get(i), replies.get(i)));
    }
  }

  /** Passes the waiting replies to the connection. */
  public void deliver() {
    if (replies.size() == 1) {
      session.connection().reply(executed.get(0).sequence(), replies.get(0));
    } else if (!replies.isEmpty()) {
      session.connection().replies(executed.get(0).sequence(), replies);
    }
    executed.clear();
    replies.clear();
  }

  /**
   * Hands all waiting requests over to whoever has taken the lane and will fetch them later. If the
   * client disconnects before that, they are dropped: however busy the other is, what waits is
   * bounded by the number of connections.
   */
  public void handOver() {
    Request first = waiting.peek();
    handedOverFirst = first == null ? NONE : first.sequence();
    handedOver.set(takeAll());
  }

  /** Fetches what was handed over, from any thread, once; nothing if the client is gone. */
  public List<Request> takeHandedOver() {
    return handedOver.getAndSet(List.of());
  }

  /** Removes and returns all waiting requests. */
  public List<Request> takeAll() {
    List<Request> all = new ArrayList<>(waiting);
    waiting.clear();
    lockedOut = 0;
    return all;
  }

  /**
   * Puts requests that were handed over but not executed back in front of those that arrived since.
   */
  public void giveBack(List<Request> requests) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      waiting.addFirst(requests.get(i));
    }
  }

  /** Drops the waiting requests, because the connection closes after the last one executed. */
  public void dropWaiting() {
    waiting.clear();
  }

  /** Drops everything: the connection is gone. */
  public void clear() {
    waiting.clear();
    handedOver.set(List.of());
    executed.clear();
    replies.clear();
  }

  /**
   * Returns whether the loop's pass must leave the lane alone: another thread works for it, or it
   * is blocked.
   */
  public boolean isTaken() {
    return taken || blocked;
  }

  /** Sets whether anything but the loop's pass works for the lane. */
  public void taken(boolean byOther) {
    taken = byOther;
  }

  /** Sets whether the last request is a blocking one that has not been answered. */
  public void blocked(boolean waits) {
    blocked = waits;
    session.blocked(waits);
  }

  /** Marks the lane as queued in the pass; returns false if it already was. */
  public boolean queue() {
    if (queued) {
      return false;
    }
    queued = true;
    return true;
  }

  /** Marks the lane as no longer queued in the pass. */
  public void dequeue() {
    queued = false;
  }
}
