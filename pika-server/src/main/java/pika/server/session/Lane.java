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
 * The requests of one connection that wait to be executed, and the replies that wait for their commit. Its requests take
 * effect one after the other: while somebody else than the loop's own pass works for the lane (a pool thread, a commit that
 * takes time, a pause), it is taken, and what arrives meanwhile waits. The same holds while a blocking command waits for its
 * keys.
 *
 * <p>Confined to the connection's event loop, but for {@link #takeHandedOver}.
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

  /** Whose requests these are. */
  public Session session() {
    return session;
  }

  /** Adds requests that have just arrived. */
  public void add(List<Request> requests) {
    waiting.addAll(requests);
  }

  /** The next request, null when none waits. */
  public @Nullable Request next() {
    return waiting.peek();
  }

  /** The requests that wait, the next one first. */
  public Iterable<Request> waiting() {
    return waiting;
  }

  /** The next request was executed; its reply is kept until the commit. */
  public void executed(Reply reply) {
    executed.add(waiting.remove());
    replies.add(reply);
    lockedOut = 0;
  }

  /** The next request has found a lock taken; says how often in a row. */
  public int lockedOut() {
    return ++lockedOut;
  }

  /** Whether the next request has found a lock taken when it was last tried. */
  public boolean isLockedOut() {
    return lockedOut > 0;
  }

  /** The next request has to wait for something else than a lock. */
  public void notLockedOut() {
    lockedOut = 0;
  }

  /** Says whether the next request has found that only the disk knows a record that it needs. */
  public void cold(boolean needsDisk) {
    cold = needsDisk;
  }

  /** Whether the next request needs the disk for a record, and has not yet been handed over as the first one for that. */
  public boolean isColdForTheFirstTime() {
    Request next = waiting.peek();
    return cold && next != null && next.sequence() != handedOverFirst;
  }

  /** The next request was executed, and is to be answered later by somebody else. */
  public void postponed() {
    waiting.remove();
  }

  /** How many replies wait for the commit. */
  public int uncommitted() {
    return replies.size();
  }

  /** Replaces each waiting reply by what is left of it after its commit has failed. */
  public void replaceReplies(BiFunction<Request, Reply, Reply> replacement) {
    for (int i = 0; i < replies.size(); i++) {
      replies.set(i, replacement.apply(executed.get(i), replies.get(i)));
    }
  }

  /** Gives the waiting replies to the connection. On the loop's thread. */
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
   * Sets all waiting requests aside for whoever has taken the lane and comes to them later. If the client goes before that,
   * they are forgotten: whatever keeps the other busy, what waits is bounded by the connections there are.
   */
  public void handOver() {
    Request first = waiting.peek();
    handedOverFirst = first == null ? NONE : first.sequence();
    handedOver.set(takeAll());
  }

  /** What was handed over, from any thread, once; nothing if the client is gone. */
  public List<Request> takeHandedOver() {
    return handedOver.getAndSet(List.of());
  }

  /** Takes all waiting requests out. */
  public List<Request> takeAll() {
    List<Request> all = new ArrayList<>(waiting);
    waiting.clear();
    lockedOut = 0;
    return all;
  }

  /** Puts requests that were handed over and not executed back in front of those that arrived since. */
  public void giveBack(List<Request> requests) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      waiting.addFirst(requests.get(i));
    }
  }

  /** Forgets the requests that wait, because the connection closes after the last one executed. */
  public void dropWaiting() {
    waiting.clear();
  }

  /** Forgets what waits: the connection is gone. */
  public void clear() {
    waiting.clear();
    handedOver.set(List.of());
    executed.clear();
    replies.clear();
  }

  /** Whether the loop's pass must leave the lane alone: somebody else works for it, or it is blocked. */
  public boolean isTaken() {
    return taken || blocked;
  }

  /** Says whether somebody else than the loop's pass works for the lane. */
  public void taken(boolean byOther) {
    taken = byOther;
  }

  /** Says whether the last request is a blocking one that has not been answered. */
  public void blocked(boolean waits) {
    blocked = waits;
    session.blocked(waits);
  }

  /** Marks the lane as standing in the pass's queue; false when it stood there already. */
  public boolean queue() {
    if (queued) {
      return false;
    }
    queued = true;
    return true;
  }

  /** The pass has come to the lane. */
  public void dequeue() {
    queued = false;
  }
}
