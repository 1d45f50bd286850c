package pika.storage.key;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/**
 * The locks of the store: a fixed number of stripes that keys hash to, and a gate in front of them for the few operations
 * that concern every key (FLUSHALL, SWAPDB).
 *
 * <p>Deadlock is excluded by two rules, which {@link HeldLocks} keeps: nobody waits for a lock while holding another, and
 * whoever needs several waits for them in ascending order. A StampedLock has no owner, so that a unit of work may be
 * finished by another thread than the one that began it. The stripe depends on the user's bytes alone, not on the
 * database: MOVE and COPY need one lock for both ends, and a lock stays the right one when SWAPDB renumbers databases.
 */
final class KeyLocks {
  /** Many, because a loop pass can hold hundreds: two passes of 200 writes should rarely meet by chance. */
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

  /** The stripe of a key, by the hash of the user's bytes. */
  static int stripeOf(long hash) {
    return (int) (hash >>> 20) & (STRIPES - 1);
  }

  StampedLock stripe(int index) {
    return stripes[index];
  }

  /** Somebody has found a lock taken. */
  void miss() {
    if (!missed) {
      missed = true;
    }
  }

  /** Whether somebody has found a lock taken since this was last asked. */
  boolean takeMissed() {
    boolean was = missed;
    missed = false;
    return was;
  }

  /** Brings a lock closer to the processor; the result must be used, or this is optimized away. */
  int warm(int index) {
    return stripes[index].isWriteLocked() ? 1 : 0;
  }

  /** Enters the gate together with others, unless that would have to wait; 0 when it would. */
  long tryEnter() {
    // Barging in front of somebody who waits for all keys would starve him.
    return waitingForAll.get() > 0 ? 0 : gate.tryReadLock();
  }

  /** Held for reading by every unit that holds a lock, for writing by one that keeps all others out. */
  StampedLock gate() {
    return gate;
  }

  /** Somebody is about to wait for the gate alone: from now on the others let him pass. */
  void announceAlone() {
    waitingForAll.incrementAndGet();
  }

  /** He waits no more. */
  void withdrawAlone() {
    waitingForAll.decrementAndGet();
  }

  void leave(long stamp) {
    gate.unlock(stamp);
  }
}
