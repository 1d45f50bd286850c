package pika.tools.drive;

import java.util.SplittableRandom;

/**
 * Which random numbers a load draws, all of them below {@code limit}.
 *
 * @param stride of the favourites, which are the multiples of it; 1 favours none
 * @param favouredPercent how many of all draws are of favourites
 */
public record Numbers(long limit, long stride, int favouredPercent) {

  public Numbers {
    if (limit < 1 || stride < 1 || stride > limit) {
      throw new IllegalArgumentException("no numbers to draw from");
    }
  }

  /** All equally often. */
  public static Numbers below(long limit) {
    return new Numbers(limit, 1, 0);
  }

  /**
   * Nine draws of ten are of one number in a hundred. These are spread evenly: neighbours would lie
   * in the same blocks of a file, and be cheaper to keep than favourites are.
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
