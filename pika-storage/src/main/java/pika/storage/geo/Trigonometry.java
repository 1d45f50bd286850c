package pika.storage.geo;

/**
 * Sine, cosine and arc sine, rounded to the nearest double but for about one argument in a hundred thousand.
 *
 * <p>Redis takes them from the C library, whose results are the nearest doubles nearly always, and stores distances made of
 * them as scores. Java's own may be the next but one, which shows in the last digit of a score.
 *
 * <p>How: a table holds the sine and the cosine of every 128th in twice the precision, as a sum of two doubles. The argument is
 * one of these places and a rest of at most a 256th, so {@code sin(place + rest)} is
 *
 * <pre>
 *   sin(place)  +  cos(place) rest  +  cos(place) (sin(rest) - rest)  +  sin(place) (cos(rest) - 1)
 *   two doubles    two doubles         small: a double will do           small
 * </pre>
 *
 * and only the last sum is rounded. An arc sine that is nearly right is put right by what its sine lacks.
 */
final class Trigonometry {
  private static final int PLACES_PER_UNIT = 128;

  /** As many as there are up to a right angle. */
  private static final int PLACES = PLACES_PER_UNIT * 8 / 5;

  private static final double STEP_SIN = 0.0078124205273828315;
  private static final double STEP_SIN_REST = -4.102755709382617e-19;
  private static final double STEP_COS = 0.9999694825770951;
  private static final double STEP_COS_REST = 5.427791428371788e-17;

  /** What pi is more than its double. */
  private static final double PI_REST = 1.2246467991473532e-16;

  private static final double HALF_PI_REST = PI_REST / 2;

  /** The factor that splits a double into two of half as many digits. */
  private static final double SPLITTER = 0x1p27 + 1;

  private static final double[] SIN = new double[PLACES + 1];
  private static final double[] SIN_REST = new double[PLACES + 1];
  private static final double[] COS = new double[PLACES + 1];
  private static final double[] COS_REST = new double[PLACES + 1];

  static {
    fillTable();
  }

  private Trigonometry() {}

  /** The sine of an angle between {@code -pi} and {@code pi}. */
  static double sin(double angle) {
    double positive = Math.abs(angle);
    double sine = positive <= Math.PI / 2
        ? sinLess(positive, 0, 0)
        // The difference is exact, and so is what pi has behind its double.
        : sinLess(Math.PI - positive, PI_REST, 0);
    return Math.copySign(sine, angle);
  }

  /** The cosine of an angle between {@code -pi / 2} and {@code pi / 2}. Not too near to these, where it is 0. */
  static double cos(double angle) {
    double positive = Math.abs(angle);
    int place = place(positive);
    double rest = positive - (double) place / PLACES_PER_UNIT;
    double slope = -SIN[place];
    double product = slope * rest;
    double sum = COS[place] + product;
    double lost = lostBySum(COS[place], product, sum) + lostByProduct(slope, rest, product);
    double small = COS_REST[place] - SIN_REST[place] * rest;
    return sum + (lost + (small + slope * sinTail(rest) + COS[place] * cosTail(rest)));
  }

  /** The arc sine of a number between 0 and 1. */
  static double asin(double sine) {
    if (sine <= 0.5) {
      double nearly = StrictMath.asin(sine);
      return nearly - correction(nearly, sine, 0);
    }
    // Near 1 the sine tells little of its angle; half the angle that is left to a right one, more.
    double square = (1 - sine) / 2;
    double root = Math.sqrt(square);
    if (root == 0) {
      return Math.PI / 2;
    }
    double lost = lostByProduct(root, root, root * root) + (root * root - square);
    double rootRest = -lost / (2 * root);
    double nearly = StrictMath.asin(root);
    double angle = Math.PI / 2 - 2 * nearly;
    double rounding = lostBySum(Math.PI / 2, -2 * nearly, angle);
    return angle + (rounding + (HALF_PI_REST + 2 * correction(nearly, root, rootRest)));
  }

  /** By how much the arc sine of {@code sine + sineRest} is less than what is nearly that. */
  private static double correction(double nearly, double sine, double sineRest) {
    return (sinLess(nearly, 0, sine) - sineRest) / Math.sqrt((1 - sine) * (1 + sine));
  }

  /** The sine of {@code angle + angleRest}, which is from 0 to {@code pi / 2}, less a number that is 0 or near to it. */
  private static double sinLess(double angle, double angleRest, double less) {
    int place = place(angle);
    double rest = angle - (double) place / PLACES_PER_UNIT;
    double slope = COS[place];
    double product = slope * rest;
    double sum = SIN[place] + product;
    double lost = lostBySum(SIN[place], product, sum) + lostByProduct(slope, rest, product);
    double cosTail = cosTail(rest);
    double nearlyCos = slope - SIN[place] * rest + slope * cosTail;
    double small = SIN_REST[place] + COS_REST[place] * rest + angleRest * nearlyCos;
    return (sum - less) + (lost + (small + slope * sinTail(rest) + SIN[place] * cosTail));
  }

  private static int place(double positive) {
    return (int) (positive * PLACES_PER_UNIT + 0.5);
  }

  /** {@code sin(rest) - rest} of a small number. */
  private static double sinTail(double rest) {
    double square = rest * rest;
    return rest * square * (-1.0 / 6 + square * (1.0 / 120 - square * (1.0 / 5040)));
  }

  /** {@code cos(rest) - 1} of a small number. */
  private static double cosTail(double rest) {
    double square = rest * rest;
    return square * (-1.0 / 2 + square * (1.0 / 24 - square * (1.0 / 720)));
  }

  /** What the sum of two numbers is more than its double. */
  private static double lostBySum(double a, double b, double sum) {
    double partOfB = sum - a;
    return (a - (sum - partOfB)) + (b - partOfB);
  }

  /** What the product of two numbers is more than its double. Math.fma would be as slow as BigDecimal on old processors. */
  private static double lostByProduct(double a, double b, double product) {
    double high = a * SPLITTER - (a * SPLITTER - a);
    double low = a - high;
    double otherHigh = b * SPLITTER - (b * SPLITTER - b);
    double otherLow = b - otherHigh;
    return ((high * otherHigh - product) + high * otherLow + low * otherHigh) + low * otherLow;
  }

  /** From each place to the next by the sine and the cosine of a sum, with what their doubles lose. */
  private static void fillTable() {
    COS[0] = 1;
    for (int place = 0; place < PLACES; place++) {
      turn(SIN, SIN_REST, COS, COS_REST, place, 1);
      turn(COS, COS_REST, SIN, SIN_REST, place, -1);
    }
  }

  /** What the next place of a table is: {@code this cos(step) + other sin(step)}, with a sign. */
  private static void turn(
      double[] values, double[] rests, double[] others, double[] otherRests, int place, int sign) {
    double value = values[place];
    double other = sign * others[place];
    double product = value * STEP_COS;
    double otherProduct = other * STEP_SIN;
    double sum = product + otherProduct;
    double rest = lostBySum(product, otherProduct, sum)
        + lostByProduct(value, STEP_COS, product)
        + lostByProduct(other, STEP_SIN, otherProduct)
        + (value * STEP_COS_REST + rests[place] * STEP_COS)
        + (other * STEP_SIN_REST + sign * otherRests[place] * STEP_SIN);
    values[place + 1] = sum + rest;
    rests[place + 1] = sum - values[place + 1] + rest;
  }
}
