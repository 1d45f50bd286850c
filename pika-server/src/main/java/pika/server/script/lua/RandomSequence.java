package pika.server.script.lua;

import java.util.concurrent.atomic.AtomicLong;

/**
 * drand48's sequence, which all scripts of a server draw from, one after the other: it begins as Redis' does on every machine,
 * and goes on from one script to the next. Safe for many threads.
 */
public final class RandomSequence {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xB;
  private static final long MASK = (1L << 48) - 1;
  private static final long LOW_OF_SEED = 0x330E;
  private static final long START = 0x1234_ABCD_0000L | LOW_OF_SEED;
  /** What a drawn number is divided by; the largest one is left out by the remainder. */
  private static final int RANGE = Integer.MAX_VALUE;

  private final AtomicLong state = new AtomicLong(START);

  /** The next state, which is nobody else's. */
  long step() {
    return state.updateAndGet(RandomSequence::after);
  }

  /** The sequence goes on from here. */
  void continueFrom(long newState) {
    state.set(newState);
  }

  static long after(long state) {
    return (state * MULTIPLIER + INCREMENT) & MASK;
  }

  static long seeded(int seed) {
    return (((long) seed << 16) & MASK) | LOW_OF_SEED;
  }

  /** At least 0 and below 1. */
  static double number(long state) {
    return (double) ((state >>> 17) % RANGE) / RANGE;
  }
}
