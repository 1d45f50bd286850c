package pika.tools.drive;

import java.util.SplittableRandom;
import pika.tools.load.Values;

/** A pool of bursts for one load, generated once. Confined to the thread that sends them. */
final class Bursts {

  /** The number of different bursts; more would only take up cache. */
  private static final int DRAWS = 16;

  private static final long SEED = 1;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Burst[] draws = new Burst[DRAWS];
  private final Numbers numbers;

  Bursts(Load load) {
    numbers = load.numbers();
    Values values = new Values(load.valueBytes(), SEED);
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = Burst.of(load, random, values);
    }
  }

  /** The next burst, with new numbers; valid until its turn comes again. */
  Burst next() {
    Burst burst = draws[random.nextInt(DRAWS)];
    burst.number(random, numbers);
    return burst;
  }
}
