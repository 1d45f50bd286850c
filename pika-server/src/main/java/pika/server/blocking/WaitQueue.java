package pika.server.blocking;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Key;
import pika.storage.key.KeyRecord;

/** Those who wait for one key, the first first. Safe for many threads: a walk sees who comes and goes, or doesn't. */
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

  /** The key's name in its database. */
  public byte[] userKey() {
    return key.userKey();
  }

  /** The database's number. */
  public int database() {
    return database;
  }

  /** Who waits, the first first. */
  public Iterable<Waiter> waiters() {
    return waiters.values();
  }

  /** Whether somebody might be served when {@code record} stands under the key. */
  public boolean concerns(@Nullable KeyRecord record) {
    return record != null || wakeWhenGone.get() > 0;
  }

  /** Whether this one might be served when {@code record} stands under the key. */
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

  /** Marks it as standing among the ready ones; false when it stood there already. */
  boolean becomeReady() {
    return ready.compareAndSet(false, true);
  }

  /** Somebody looks after it now; what comes later makes it ready again. */
  void taken() {
    ready.set(false);
  }
}
