package pika.storage.key;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;

/**
 * The locks one unit of work holds. Taken one by one, given back all at once when the unit ends. Confined to the thread
 * that runs the unit.
 *
 * <p>A wanted lock is written as one int, stripe times two plus one when it is for writing; an ascending array of them
 * without double stripes is a {@link LockPlan}.
 */
final class HeldLocks {
  /** How long it waits for a lock before it asks again whether to give up. */
  private static final long PATIENCE_MS = 50;

  private final KeyLocks locks;
  /** Which stripes are held at all, and which for writing; two bits a stripe, found without a search. */
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

  /** Whether nobody else can change what hashes to {@code stripe}. */
  boolean holds(int stripe) {
    return alone || (held[stripe >>> 6] & 1L << stripe) != 0;
  }

  /** Whether the holder may change what hashes to {@code stripe}. */
  boolean holdsForWriting(int stripe) {
    return alone || (heldForWriting[stripe >>> 6] & 1L << stripe) != 0;
  }

  /** Takes a lock unless that would have to wait; what was already held stays held. */
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
   * @param givesUp asked now and then while it waits; to give up leaves nothing held
   * @return whether it holds the locks
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

  /** Waits until no other unit holds a lock, and keeps the others out; the rest as in {@link #await}. */
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

  /** Whether the holder keeps every other unit out. */
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
