package pika.server.blocking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.Wait;
import pika.server.session.Session;
import pika.storage.key.Change;
import pika.storage.key.CommitHook;
import pika.storage.key.Engine;
import pika.storage.key.Key;
import pika.storage.key.UnitOfWork;

/**
 * All clients waiting in blocking commands, by client and by key, and which of their keys have
 * changed.
 *
 * <p>No wake-up is lost: a blocking command holds the locks of its keys from before its first look
 * until it has been {@linkplain #add added}, and {@link #committed} sees every change before the
 * locks of its keys are released. So either the command sees the change, or the change sees the
 * waiter.
 *
 * <p>While nobody waits, a commit costs one volatile read; otherwise one hash lookup per changed
 * key.
 *
 * <p>Thread-safe.
 */
public final class Waiters implements CommitHook {
  /** Maps a name in a numbered database to its current stored key. */
  @FunctionalInterface
  public interface KeyNames {
    Key key(int database, byte[] userKey);
  }

  private final AtomicLong lastNumber = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger countWithTimeout = new AtomicInteger();
  private final Map<Long, Waiter> byClient = new ConcurrentHashMap<>();
  private final Map<Key, WaitQueue> byKey = new ConcurrentHashMap<>();
  private final Deque<WaitQueue> ready = new ConcurrentLinkedDeque<>();
  private volatile Runnable whenExpired = () -> {};
  private volatile boolean closed;

  /** Returns whether anybody waits. */
  public boolean isAny() {
    return count.get() > 0;
  }

  /** Returns how many clients wait. */
  public int count() {
    return count.get();
  }

  /** Returns for how many keys somebody waits. */
  public int keyCount() {
    return byKey.size();
  }

  /** Returns for how many of these keys a client waits that is woken when the key is deleted, too. */
  public long keyCountUntilGone() {
    return byKey.values().stream().filter(queue -> queue.concerns(null)).count();
  }

  /** Returns how many clients wait with a timeout. */
  public int countWithTimeout() {
    return countWithTimeout.get();
  }

  /**
   * Adds a client after all others that wait for the same keys. The caller has held the locks of
   * the keys since before its command found nothing.
   */
  public Waiter add(
      Session session, Request request, Wait wait, KeyNames names, Waiter.Resumption resumption) {
    Waiter waiter =
        new Waiter(this, lastNumber.incrementAndGet(), session, request, wait, resumption);
    count.incrementAndGet();
    if (waiter.hasTimeout()) {
      countWithTimeout.incrementAndGet();
    }
    byClient.put(session.id(), waiter);
    waiter.queue(keys(waiter, names));
    return waiter;
  }

  private static List<Key> keys(Waiter waiter, KeyNames names) {
    int database = waiter.session().db();
    return waiter.wanted().keys().stream()
        .map(name -> names.key(database, name))
        .toList();
  }

  /** Returns the waiter of a client; null when it doesn't wait. */
  public @Nullable Waiter of(Session session) {
    return byClient.get(session.id());
  }

  /** Ends the wait of a client with its timeout reply; returns false when it doesn't wait. */
  public boolean timeOut(long clientId) {
    Waiter waiter = byClient.get(clientId);
    return waiter != null && waiter.end(waiter.wanted().timedOut());
  }

  /** Ends the wait of a client with an error; returns false when it doesn't wait. */
  public boolean fail(long clientId, String errorText) {
    Waiter waiter = byClient.get(clientId);
    return waiter != null && waiter.end(Reply.error(errorText));
  }

  /**
   * Disconnects all waiting clients. The caller of {@link #add} must check {@link #isClosed} for
   * later ones.
   */
  public void close() {
    closed = true;
    for (Waiter waiter : byClient.values()) {
      waiter.drop();
      waiter.session().connection().close();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  // ---- queues

  void joinQueues(Waiter waiter, List<Key> keys) {
    int database = waiter.session().db();
    for (Key key : keys) {
      byKey.compute(key, (same, present) -> {
        WaitQueue queue = present == null ? new WaitQueue(key, database) : present;
        queue.add(waiter);
        return queue;
      });
    }
  }

  void leaveQueues(Waiter waiter, List<Key> keys) {
    for (Key key : keys) {
      byKey.computeIfPresent(key, (same, queue) -> {
        queue.remove(waiter);
        return queue.isEmpty() ? null : queue;
      });
    }
  }

  void forget(Waiter waiter) {
    byClient.remove(waiter.session().id(), waiter);
    count.decrementAndGet();
    if (waiter.hasTimeout()) {
      countWithTimeout.decrementAndGet();
    }
  }

  // ---- changes

  /**
   * Returns whether the last command has changed a key that a client waits for: that client is
   * served before the commands that follow, as if it were part of this one.
   */
  public boolean areConcernedBy(UnitOfWork unit) {
    return isAny() && unit.stepChanged(byKey::containsKey);
  }

  /**
   * Sets an action to run when a key that somebody waits for has expired: no command may be ending
   * then that would serve its queue.
   */
  public void whenExpired(Runnable action) {
    whenExpired = action;
  }

  @Override
  public void committed(List<Change> changes) {
    if (!isAny()) {
      return;
    }
    boolean expired = false;
    for (Change change : changes) {
      WaitQueue queue = byKey.get(change.key());
      if (queue != null && queue.concerns(change.after())) {
        ready(queue);
        expired |= change.cause() == Change.Cause.EXPIRED;
      }
    }
    if (expired) {
      whenExpired.run();
    }
  }

  /** Requeues all waiters in order of arrival, since names now stand for other keys. */
  @Override
  public void renumbered(Engine engine) {
    if (!isAny()) {
      return;
    }
    List<Waiter> all = new ArrayList<>(byClient.values());
    all.sort(Comparator.comparingLong(Waiter::number));
    for (Waiter waiter : all) {
      waiter.queue(keys(waiter, engine::key));
    }
    for (Waiter waiter : all) {
      for (Key key : waiter.keys()) {
        WaitQueue queue = byKey.get(key);
        if (queue != null) {
          ready(queue);
        }
      }
    }
  }

  private void ready(WaitQueue queue) {
    if (queue.becomeReady()) {
      ready.add(queue);
    }
  }

  /** Returns whether a queue is ready and nobody has taken it for service yet. */
  public boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Takes the next ready queue; null when there is none. */
  public @Nullable WaitQueue takeReady() {
    WaitQueue queue = ready.poll();
    if (queue != null) {
      queue.taken();
    }
    return queue;
  }

  /** Returns a queue that another thread must serve before all others. */
  public void giveBack(WaitQueue queue) {
    if (queue.becomeReady()) {
      ready.addFirst(queue);
    }
  }
}
