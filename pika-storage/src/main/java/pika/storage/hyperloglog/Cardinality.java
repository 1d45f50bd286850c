package pika.storage.hyperloglog;

/**
 * Estimates the number of distinct elements: Otmar Ertl's estimator ("New cardinality estimation
 * algorithms for HyperLogLog sketches", 2017, algorithm 6), which needs only how often each
 * register value occurs. The order of operations, which affects the last digit, is the paper's.
 */
final class Cardinality {
  /** 1 / (2 ln 2), the limit of the bias correction for many registers. */
  private static final double ALPHA_INFINITE = 0.7213475204444817;

  /** The bits of a hash in which a register counts zeros; a register is at most one more. */
  static final int HASH_BITS = Long.SIZE - 14;

  private Cardinality() {}

  /** Returns the estimate for registers of which {@code histogram[v]} have value {@code v}. */
  static long of(int[] histogram) {
    double registers = HllFormat.REGISTERS;
    double z = registers * tau((registers - histogram[HASH_BITS + 1]) / registers);
    for (int value = HASH_BITS; value >= 1; value--) {
      z += histogram[value];
      z *= 0.5;
    }
    z += registers * sigma(histogram[0] / registers);
    return Math.round(ALPHA_INFINITE * registers * registers / z);
  }

  private static double tau(double start) {
    if (start == 0 || start == 1) {
      return 0;
    }
    double x = start;
    double y = 1;
    double z = 1 - x;
    double previous;
    do {
      x = Math.sqrt(x);
      previous = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (previous != z);
    return z / 3;
  }

  private static double sigma(double start) {
    if (start == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = start;
    double y = 1;
    double z = x;
    double previous;
    do {
      x *= x;
      previous = z;
      z += x * y;
      y += y;
    } while (previous != z);
    return z;
  }
}
