package pika.storage;

import java.util.Random;

/**
 * Reproducible randomness: a failure reports its seed, and {@code -Dpika.test.seed=N} repeats it.
 */
public final class Seeds {
  private static final String PROPERTY = "pika.test.seed";

  /** Uses random numbers. */
  @FunctionalInterface
  public interface Body {
    void run(Random random) throws Exception;
  }

  private Seeds() {}

  /** Runs {@code body} with a fresh seed, or with the given one. */
  public static void run(Body body) throws Exception {
    long seed = Long.getLong(PROPERTY, System.nanoTime());
    try {
      body.run(new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("failed with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
    }
  }
}
