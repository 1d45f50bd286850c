package pika.storage.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import pika.storage.Seeds;

class TrigonometryTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** In units of the distance between two doubles: correctly rounded, or as good as that. */
  private static final BigDecimal MOST_OFF = new BigDecimal("0.501");

  @Test
  void aSineIsTheNearestDouble() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 2000; i++) {
        double small = Math.scalb(random.nextDouble(), -random.nextInt(60));
        assertNearest(small, Trigonometry.sin(small), sin(small));
        double angle = (random.nextDouble() * 2 - 1) * Math.PI;
        assertNearest(angle, Trigonometry.sin(angle), sin(angle));
      }
    });
  }

  @Test
  void aSineNearAHalfTurnIsTheNearestDouble() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 500; i++) {
        double angle = Math.PI - Math.scalb(random.nextDouble(), -random.nextInt(60));
        assertNearest(angle, Trigonometry.sin(angle), sin(angle));
      }
      assertNearest(Math.PI, Trigonometry.sin(Math.PI), sin(Math.PI));
      // Wrong by more if the low part of pi is used as its own sine.
      double apart = 3.137997532750471;
      assertNearest(apart, Trigonometry.sin(apart), sin(apart));
    });
  }

  @Test
  void aCosineIsTheNearestDouble() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 2000; i++) {
        double angle = (random.nextDouble() * 2 - 1) * 1.5;
        assertNearest(angle, Trigonometry.cos(angle), cos(angle));
      }
    });
  }

  @Test
  void anArcSineIsTheNearestDouble() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 1000; i++) {
        assertNearestArc(random.nextDouble());
        assertNearestArc(Math.scalb(random.nextDouble(), -random.nextInt(60)));
        assertNearestArc(1 - Math.scalb(1 + random.nextDouble(), -2 - random.nextInt(49)));
      }
    });
  }

  @Test
  void endsAreWhatTheyShouldBe() {
    DoubleUnaryOperator[] odd = {Trigonometry::sin, Trigonometry::asin};
    for (DoubleUnaryOperator function : odd) {
      assertThat(function.applyAsDouble(0)).isZero();
      assertThat(function.applyAsDouble(1e-300)).isEqualTo(1e-300);
    }
    assertThat(Trigonometry.sin(-0.5)).isEqualTo(-Trigonometry.sin(0.5));
    assertThat(Trigonometry.cos(0)).isEqualTo(1);
    assertThat(Trigonometry.cos(-0.5)).isEqualTo(Trigonometry.cos(0.5));
    assertThat(Trigonometry.sin(Math.PI / 2)).isEqualTo(1);
    assertThat(Trigonometry.asin(1)).isEqualTo(Math.PI / 2);
  }

  private static void assertNearest(double argument, double result, BigDecimal exact) {
    BigDecimal off = exact.subtract(new BigDecimal(result)).abs();
    BigDecimal most = new BigDecimal(Math.ulp(result)).multiply(MOST_OFF);
    assertThat(off).as("of %s, which is %s", argument, result).isLessThanOrEqualTo(most);
  }

  /** The sine is monotonic, so the sines of two angles around the result bracket it. */
  private static void assertNearestArc(double sine) {
    double result = Trigonometry.asin(sine);
    BigDecimal most = new BigDecimal(Math.ulp(result)).multiply(MOST_OFF);
    BigDecimal below = sin(new BigDecimal(result).subtract(most));
    BigDecimal above = sin(new BigDecimal(result).add(most));
    assertThat(new BigDecimal(sine)).as("of %s, which is %s", sine, result).isBetween(below, above);
  }

  private static BigDecimal sin(double angle) {
    return sin(new BigDecimal(angle));
  }

  private static BigDecimal sin(BigDecimal angle) {
    return series(angle, angle, 1);
  }

  private static BigDecimal cos(double angle) {
    return series(new BigDecimal(angle), BigDecimal.ONE, 0);
  }

  /** The Taylor series, from the term with the given power on. */
  private static BigDecimal series(BigDecimal angle, BigDecimal first, int power) {
    BigDecimal square = angle.multiply(angle, DIGITS);
    BigDecimal term = first.round(DIGITS);
    BigDecimal sum = term;
    for (int n = power; n < 100; n += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(-(n + 1L) * (n + 2)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }
}
