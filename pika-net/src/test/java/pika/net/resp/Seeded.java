package pika.net.resp;

import java.util.Random;

/** Runs a property many times, each with its own seed, and names the seed that broke it. */
public final class Seeded {

  /** What must hold, whatever {@code random} comes up with. */
  @FunctionalInterface
  public interface Property {
    void check(Random random) throws Exception;
  }

  private Seeded() {}

  /** Seeds are new on every run; {@code -Dseed=n} repeats one. */
  public static void check(int runs, Property property) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (long seed = first; seed < first + (only == null ? runs : 1); seed++) {
      try {
        property.check(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("fails with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
