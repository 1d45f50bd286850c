package pika.storage.key;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/**
 * The locks of the store: a fixed number of stripes that keys hash to, behind a gate for the few
 * operations that concern every key (FLUSHALL, SWAPDB).
 *
 * <p>Deadlock is impossible by two rules that {@link HeldLocks} enforces: no unit waits for a lock
 * while holding another, and one that needs several waits for them in ascending order. A
 * StampedLock has no owner, so a unit of work may finish on another thread than the one that began
 * it. The stripe depends on the user's bytes alone, not on the database: MOVE and COPY need one
 * lock for both ends, and a lock stays the right one when SWAPDB renumbers databases.
 */
final class KeyLocks {
  /**
   * Many, because a loop pass can hold hundreds: two passes of 200 writes should rarely collide.
   */
  private static final int STRIPES = 1 << 15;

  private final StampedLock[] stripes = new StampedLock[STRIPES];
  private final StampedLock gate = new StampedLock();
  private final AtomicInteger waitingForAll = new AtomicInteger();
  private volatile boolean missed;

  KeyLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new StampedLock();
    }
  }

  static int count() {
    return STRIPES;
  }

  /** Returns the stripe of a key, given the hash of the user's bytes. */
  static int stripeOf(long hash) {
    return (int) (hash >>> 20) & (STRIPES - 1);
  }

  StampedLock stripe(int index) {
    return stripes[index];
  }

  /** Records that a unit found a lock held. */
  void miss() {
    if (!missed) {
      missed = true;
    }
  }

  /** Returns whether a unit has found a lock held since the last call. */
  boolean takeMissed() {
    boolean was = missed;
    missed = false;
    return was;
  }

  /**
   * Pulls a lock into the processor's cache; the caller must use the result, or the read is
   * optimized away.
   */
  int warm(int index) {
    return stripes[index].isWriteLocked() ? 1 : 0;
  }

  /** Enters the gate shared, without waiting; returns 0 when it would have to wait. */
  long tryEnter() {
    // Barging past a unit that waits for all locks would starve it.
    return waitingForAll.get() > 0 ? 0 : gate.tryReadLock();
  }

  /**
   * Returns the gate: held for reading by every unit that holds a lock, for writing by one that
   * holds all.
   */
  StampedLock gate() {
    return gate;
  }

  /** Announces that a unit will wait for the gate exclusively: others stop entering. */
  void announceAlone() {
    waitingForAll.incrementAndGet();
  }

  /** Ends such an announcement. */
  void withdrawAlone() {
    waitingForAll.decrementAndGet();
  }

  void leave(long stamp) {
    gate.unlock(stamp);
  }
}
