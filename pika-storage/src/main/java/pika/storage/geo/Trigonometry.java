package pika.storage.geo;

/**
 * Sine, cosine and arc sine, correctly rounded for all but about one argument in a hundred
 * thousand.
 *
 * <p>Redis uses the C library, whose results are almost always correctly rounded, and stores
 * distances computed from them as scores. Java's may be off by one unit in the last place, which
 * shows in the last digit of a score.
 *
 * <p>Method: a table holds sine and cosine at every multiple of 1/128 in twice the precision, as a
 * sum of two doubles. The argument is split into one of these nodes and a remainder of at most
 * 1/256, so that {@code sin(node + remainder)} is
 *
 * <pre>
 *   sin(node)    +  cos(node) remainder  +  cos(node) (sin(remainder) - remainder)  +  sin(node) (cos(remainder) - 1)
 *   two doubles     two doubles             small: one double suffices                  small
 * </pre>
 *
 * <p>and only the final sum is rounded. An approximate arc sine is corrected by the error of its
 * sine.
 */
final class Trigonometry {
  private static final int NODES_PER_UNIT = 128;

  /** Nodes up to a right angle. */
  private static final int NODES = NODES_PER_UNIT * 8 / 5;

  private static final double STEP_SIN = 0.0078124205273828315;
  private static final double STEP_SIN_REST = -4.102755709382617e-19;
  private static final double STEP_COS = 0.9999694825770951;
  private static final double STEP_COS_REST = 5.427791428371788e-17;

  /** The difference between pi and its double. */
  private static final double PI_REST = 1.2246467991473532e-16;

  private static final double HALF_PI_REST = PI_REST / 2;

  /** Splits a double into two with half as many digits (Veltkamp). */
  private static final double SPLITTER = 0x1p27 + 1;

  private static final double[] SIN = new double[NODES + 1];
  private static final double[] SIN_REST = new double[NODES + 1];
  private static final double[] COS = new double[NODES + 1];
  private static final double[] COS_REST = new double[NODES + 1];

  static {
    fillTable();
  }

  private Trigonometry() {}

  /** Returns the sine of an angle between {@code -pi} and {@code pi}. */
  static double sin(double angle) {
    double positive = Math.abs(angle);
    double sine = positive <= Math.PI / 2
        ? sinMinus(positive, 0, 0)
        // The difference is exact, and so is the rest of pi beyond its double.
        : sinMinus(Math.PI - positive, PI_REST, 0);
    return Math.copySign(sine, angle);
  }

  /**
   * Returns the cosine of an angle between {@code -pi / 2} and {@code pi / 2}; inaccurate close to
   * these, where it is 0.
   */
  static double cos(double angle) {
    double positive = Math.abs(angle);
    int node = nearestNode(positive);
    double remainder = positive - (double) node / NODES_PER_UNIT;
    double slope = -SIN[node];
    double product = slope * remainder;
    double sum = COS[node] + product;
    double error = sumError(COS[node], product, sum) + productError(slope, remainder, product);
    double small = COS_REST[node] - SIN_REST[node] * remainder;
    return sum + (error + (small + slope * sinTail(remainder) + COS[node] * cosTail(remainder)));
  }

  /** Returns the arc sine of a number between 0 and 1. */
  static double asin(double sine) {
    if (sine <= 0.5) {
      double nearly = StrictMath.asin(sine);
      return nearly - correction(nearly, sine, 0);
    }
    // Near 1 the sine determines its angle poorly; half of the complementary angle is better.
    double square = (1 - sine) / 2;
    double root = Math.sqrt(square);
    if (root == 0) {
      return Math.PI / 2;
    }
    double error = productError(root, root, root * root) + (root * root - square);
    double rootRest = -error / (2 * root);
    double nearly = StrictMath.asin(root);
    double angle = Math.PI / 2 - 2 * nearly;
    double rounding = sumError(Math.PI / 2, -2 * nearly, angle);
    return angle + (rounding + (HALF_PI_REST + 2 * correction(nearly, root, rootRest)));
  }

  /** Returns by how much {@code nearly} exceeds the arc sine of {@code sine + sineRest}. */
  private static double correction(double nearly, double sine, double sineRest) {
    return (sinMinus(nearly, 0, sine) - sineRest) / Math.sqrt((1 - sine) * (1 + sine));
  }

  /**
   * Returns the sine of {@code angle + angleRest}, which is from 0 to {@code pi / 2}, minus
   * {@code subtrahend}, which is 0 or close to it.
   */
  private static double sinMinus(double angle, double angleRest, double subtrahend) {
    int node = nearestNode(angle);
    double remainder = angle - (double) node / NODES_PER_UNIT;
    double slope = COS[node];
    double product = slope * remainder;
    double sum = SIN[node] + product;
    double error = sumError(SIN[node], product, sum) + productError(slope, remainder, product);
    double cosTail = cosTail(remainder);
    double nearlyCos = slope - SIN[node] * remainder + slope * cosTail;
    double small = SIN_REST[node] + COS_REST[node] * remainder + angleRest * nearlyCos;
    return (sum - subtrahend)
        + (error + (small + slope * sinTail(remainder) + SIN[node] * cosTail));
  }

  private static int nearestNode(double positive) {
    return (int) (positive * NODES_PER_UNIT + 0.5);
  }

  /** Returns {@code sin(remainder) - remainder} for a small remainder. */
  private static double sinTail(double remainder) {
    double square = remainder * remainder;
    return remainder * square * (-1.0 / 6 + square * (1.0 / 120 - square * (1.0 / 5040)));
  }

  /** Returns {@code cos(remainder) - 1} for a small remainder. */
  private static double cosTail(double remainder) {
    double square = remainder * remainder;
    return square * (-1.0 / 2 + square * (1.0 / 24 - square * (1.0 / 720)));
  }

  /** Returns the rounding error of a sum (Knuth's two-sum). */
  private static double sumError(double a, double b, double sum) {
    double partOfB = sum - a;
    return (a - (sum - partOfB)) + (b - partOfB);
  }

  /**
   * Returns the rounding error of a product (Dekker). Math.fma would be as slow as BigDecimal on
   * old processors.
   */
  private static double productError(double a, double b, double product) {
    double high = a * SPLITTER - (a * SPLITTER - a);
    double low = a - high;
    double otherHigh = b * SPLITTER - (b * SPLITTER - b);
    double otherLow = b - otherHigh;
    return ((high * otherHigh - product) + high * otherLow + low * otherHigh) + low * otherLow;
  }

  /**
   * Computes each node from the previous one by the addition theorems, including rounding errors.
   */
  private static void fillTable() {
    COS[0] = 1;
    for (int node = 0; node < NODES; node++) {
      rotate(SIN, SIN_REST, COS, COS_REST, node, 1);
      rotate(COS, COS_REST, SIN, SIN_REST, node, -1);
    }
  }

  /** Computes the next node of a table: {@code this cos(step) + other sin(step)}, with a sign. */
  private static void rotate(
      double[] values, double[] rests, double[] others, double[] otherRests, int node, int sign) {
    double value = values[node];
    double other = sign * others[node];
    double product = value * STEP_COS;
    double otherProduct = other * STEP_SIN;
    double sum = product + otherProduct;
    double error = sumError(product, otherProduct, sum)
        + productError(value, STEP_COS, product)
        + productError(other, STEP_SIN, otherProduct)
        + (value * STEP_COS_REST + rests[node] * STEP_COS)
        + (other * STEP_SIN_REST + sign * otherRests[node] * STEP_SIN);
    values[node + 1] = sum + error;
    rests[node + 1] = sum - values[node + 1] + error;
  }
}
