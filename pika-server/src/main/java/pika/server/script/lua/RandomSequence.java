package pika.server.script.lua;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The drand48 sequence shared by all scripts of a server: it starts as Redis' does and continues
 * from one script to the next. Thread-safe.
 */
public final class RandomSequence {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xB;
  private static final long MASK = (1L << 48) - 1;
  private static final long LOW_OF_SEED = 0x330E;
  private static final long START = 0x1234_ABCD_0000L | LOW_OF_SEED;
  /** Divisor of a drawn number; the remainder excludes the largest. */
  private static final int RANGE = Integer.MAX_VALUE;

  private final AtomicLong state = new AtomicLong(START);

  /** Advances to the next state, which no other caller gets, and returns it. */
  long step() {
    return state.updateAndGet(RandomSequence::after);
  }

  /** Continues the sequence from a state. */
  void continueFrom(long newState) {
    state.set(newState);
  }

  static long after(long state) {
    return (state * MULTIPLIER + INCREMENT) & MASK;
  }

  static long seeded(int seed) {
    return (((long) seed << 16) & MASK) | LOW_OF_SEED;
  }

  /** Returns a number of at least 0 and below 1. */
  static double number(long state) {
    return (double) ((state >>> 17) % RANGE) / RANGE;
  }
}
