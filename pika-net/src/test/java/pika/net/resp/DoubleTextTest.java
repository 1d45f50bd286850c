package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {

  /** The right column is C's output for {@code %.17g}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "3, 3",
    "-3.5, -3.5",
    "0.1, 0.10000000000000001",
    "1.5e-7, 1.4999999999999999e-07",
    "0.0001, 0.0001",
    "0.00001, 1.0000000000000001e-05",
    "1e16, 10000000000000000",
    "1e17, 1e+17",
    "123456789012345678, 1.2345678901234568e+17",
    "1e20, 1e+20",
    "-1e100, -1e+100",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 4.9406564584124654e-324",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan",
  })
  void printsAsRedisDoes(double value, String text) {
    assertThat(DoubleText.of(value)).isEqualTo(text);
  }

  @Test
  void givesBackTheSameDouble() {
    Seeded.check(10_000, random -> {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(DoubleText.of(value))).isEqualTo(value);
      }
    });
  }
}
