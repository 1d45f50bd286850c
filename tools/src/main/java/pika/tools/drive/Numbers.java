package pika.tools.drive;

import java.util.SplittableRandom;

/**
 * The distribution of a load's random numbers, all below {@code limit}.
 *
 * @param stride the hot numbers are its multiples; 1 for a uniform distribution
 * @param favouredPercent the share of draws that are hot
 */
public record Numbers(long limit, long stride, int favouredPercent) {

  public Numbers {
    if (limit < 1 || stride < 1 || stride > limit) {
      throw new IllegalArgumentException("no numbers to draw from");
    }
  }

  /** Uniform. */
  public static Numbers below(long limit) {
    return new Numbers(limit, 1, 0);
  }

  /**
   * 90 % of the draws go to 1 % of the numbers. These are spread evenly, because neighbours would
   * share blocks of a file and so be cheaper to cache than real hot keys.
   */
  public static Numbers withFavouritesBelow(long limit) {
    return new Numbers(limit, Math.min(100, limit), 90);
  }

  long next(SplittableRandom random) {
    if (favouredPercent > 0 && random.nextInt(100) < favouredPercent) {
      return random.nextLong(limit / stride) * stride;
    }
    return random.nextLong(limit);
  }
}
