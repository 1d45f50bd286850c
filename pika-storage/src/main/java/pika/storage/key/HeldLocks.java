package pika.storage.key;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;

/**
 * The locks one unit of work holds, acquired one by one and released together when the unit ends.
 * Confined to the thread that runs the unit.
 *
 * <p>A wanted lock is encoded as an int: twice the stripe, plus one for writing. A {@link LockPlan}
 * is an ascending array of them with no stripe twice.
 */
final class HeldLocks {
  /** How long one wait for a lock lasts before {@code givesUp} is asked again. */
  private static final long PATIENCE_MS = 50;

  private final KeyLocks locks;
  /** Bitmaps of the stripes held at all and held for writing, so that a lookup needs no search. */
  private final long[] held = new long[KeyLocks.count() / 64];

  private final long[] heldForWriting = new long[KeyLocks.count() / 64];

  private int[] stripes = new int[16];
  private long[] stamps = new long[16];
  private int count;
  private long gateStamp;
  private boolean alone;

  HeldLocks(KeyLocks locks) {
    this.locks = locks;
  }

  boolean holdsAny() {
    return gateStamp != 0;
  }

  /** Returns whether no other unit can change keys of {@code stripe}. */
  boolean holds(int stripe) {
    return alone || (held[stripe >>> 6] & 1L << stripe) != 0;
  }

  /** Returns whether this unit may change keys of {@code stripe}. */
  boolean holdsForWriting(int stripe) {
    return alone || (heldForWriting[stripe >>> 6] & 1L << stripe) != 0;
  }

  /** Acquires a lock if that needs no waiting; locks already held stay held. */
  boolean tryLock(int wanted) {
    int stripe = wanted >>> 1;
    boolean writing = (wanted & 1) != 0;
    if (writing ? holdsForWriting(stripe) : holds(stripe)) {
      return true;
    }
    if (gateStamp == 0 && (gateStamp = locks.tryEnter()) == 0) {
      return false;
    }
    StampedLock lock = locks.stripe(stripe);
    if (writing && (held[stripe >>> 6] & 1L << stripe) != 0) {
      return tryUpgrade(stripe, lock);
    }
    long stamp = writing ? lock.tryWriteLock() : lock.tryReadLock();
    if (stamp == 0) {
      locks.miss();
      return false;
    }
    remember(stripe, stamp, writing);
    return true;
  }

  /**
   * Waits for all locks of a plan. The caller must hold none.
   *
   * @param givesUp polled while waiting; if it returns true, nothing is held afterwards
   * @return whether the locks are held
   */
  boolean await(int[] plan, BooleanSupplier givesUp) {
    requireNone();
    gateStamp = await(locks.gate(), false, givesUp);
    if (gateStamp == 0) {
      return false;
    }
    for (int wanted : plan) {
      boolean writing = (wanted & 1) != 0;
      long stamp = await(locks.stripe(wanted >>> 1), writing, givesUp);
      if (stamp == 0) {
        releaseAll();
        return false;
      }
      remember(wanted >>> 1, stamp, writing);
    }
    return true;
  }

  /**
   * Waits until no other unit holds a lock, and keeps others out; otherwise like {@link #await}.
   */
  boolean awaitAll(BooleanSupplier givesUp) {
    requireNone();
    locks.announceAlone();
    try {
      gateStamp = await(locks.gate(), true, givesUp);
    } finally {
      locks.withdrawAlone();
    }
    alone = gateStamp != 0;
    return alone;
  }

  private void requireNone() {
    if (holdsAny()) {
      throw new IllegalStateException("waiting for a lock while holding one");
    }
  }

  private static long await(StampedLock lock, boolean writing, BooleanSupplier givesUp) {
    long stamp = writing ? lock.tryWriteLock() : lock.tryReadLock();
    boolean interrupted = false;
    for (int i = 0; stamp == 0 && !(i > 0 && givesUp.getAsBoolean()); i++) {
      try {
        stamp = writing
            ? lock.tryWriteLock(PATIENCE_MS, TimeUnit.MILLISECONDS)
            : lock.tryReadLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return stamp;
  }

  /** Returns whether every other unit is kept out. */
  boolean holdsAll() {
    return alone;
  }

  void releaseAll() {
    for (int i = 0; i < count; i++) {
      int stripe = stripes[i];
      locks.stripe(stripe).unlock(stamps[i]);
      held[stripe >>> 6] = 0;
      heldForWriting[stripe >>> 6] = 0;
    }
    count = 0;
    if (gateStamp != 0) {
      locks.leave(gateStamp);
      gateStamp = 0;
      alone = false;
    }
  }

  private boolean tryUpgrade(int stripe, StampedLock lock) {
    for (int i = 0; i < count; i++) {
      if (stripes[i] == stripe) {
        long stamp = lock.tryConvertToWriteLock(stamps[i]);
        if (stamp == 0) {
          return false;
        }
        stamps[i] = stamp;
        heldForWriting[stripe >>> 6] |= 1L << stripe;
        return true;
      }
    }
    throw new IllegalStateException("a held stripe without a stamp");
  }

  private void remember(int stripe, long stamp, boolean writing) {
    if (count == stripes.length) {
      stripes = Arrays.copyOf(stripes, count * 2);
      stamps = Arrays.copyOf(stamps, count * 2);
    }
    stripes[count] = stripe;
    stamps[count] = stamp;
    count++;
    held[stripe >>> 6] |= 1L << stripe;
    if (writing) {
      heldForWriting[stripe >>> 6] |= 1L << stripe;
    }
  }
}
