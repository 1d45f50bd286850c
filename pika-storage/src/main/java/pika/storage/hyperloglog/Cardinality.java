package pika.storage.hyperloglog;

/**
 * How many distinct elements the registers have seen: Otmar Ertl's estimator ("New cardinality
 * estimation algorithms for HyperLogLog sketches", 2017, algorithm 6), which needs only how often
 * each register value occurs. The order of the operations decides the last digit; it is that of the
 * paper.
 */
final class Cardinality {
  /** 1 / (2 ln 2), to which the bias correction tends with many registers. */
  private static final double ALPHA_INFINITE = 0.7213475204444817;

  /** The bits of a hash that a register counts zeros in; a register is one more at most. */
  static final int HASH_BITS = Long.SIZE - 14;

  private Cardinality() {}

  /** The estimate for registers of which {@code histogram[v]} are {@code v}. */
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
