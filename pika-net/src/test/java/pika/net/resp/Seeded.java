package pika.net.resp;

import java.util.Random;

/**
 * Checks a property many times, each time with another seed, and reports the seed that broke it.
 */
public final class Seeded {

  /** What must hold for any choice of {@code random}. */
  @FunctionalInterface
  public interface Property {
    void check(Random random) throws Exception;
  }

  private Seeded() {}

  /** Every run uses new seeds; {@code -Dpika.test.seed=n} repeats one. */
  public static void check(int runs, Property property) {
    Long only = Long.getLong("pika.test.seed");
    long first = only == null ? System.nanoTime() : only;
    for (long seed = first; seed < first + (only == null ? runs : 1); seed++) {
      try {
        property.check(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("fails with -Dpika.test.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
