package pika.server.blocking;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Key;
import pika.storage.key.KeyRecord;

/**
 * The clients that wait for one key, in order of arrival. Thread-safe; iteration is weakly
 * consistent.
 */
public final class WaitQueue {
  private final Key key;
  private final int database;
  private final Map<Long, Waiter> waiters = new ConcurrentSkipListMap<>();
  private final AtomicInteger wakeWhenGone = new AtomicInteger();
  private final AtomicBoolean ready = new AtomicBoolean();

  WaitQueue(Key key, int database) {
    this.key = key;
    this.database = database;
  }

  /** Returns the key's name in its database. */
  public byte[] userKey() {
    return key.userKey();
  }

  /** Returns the database's number. */
  public int database() {
    return database;
  }

  /** Returns the waiters in order of arrival. */
  public Iterable<Waiter> waiters() {
    return waiters.values();
  }

  /** Returns whether a waiter might be served now that {@code record} is stored under the key. */
  public boolean concerns(@Nullable KeyRecord record) {
    return record != null || wakeWhenGone.get() > 0;
  }

  /**
   * Returns whether this waiter might be served now that {@code record} is stored under the key.
   */
  public boolean concerns(Waiter waiter, @Nullable KeyRecord record) {
    return waiter.isReady(key, record);
  }

  void add(Waiter waiter) {
    if (waiters.put(waiter.number(), waiter) == null && waiter.wanted().wakesWhenGone()) {
      wakeWhenGone.incrementAndGet();
    }
  }

  void remove(Waiter waiter) {
    if (waiters.remove(waiter.number()) != null && waiter.wanted().wakesWhenGone()) {
      wakeWhenGone.decrementAndGet();
    }
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Marks the queue as ready; returns false if it already was. */
  boolean becomeReady() {
    return ready.compareAndSet(false, true);
  }

  /** Returns whether the key has changed since the queue was last taken for service. */
  public boolean isReady() {
    return ready.get();
  }

  /** Takes the queue for service; later changes make it ready again. */
  void taken() {
    ready.set(false);
  }
}
