package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void isTheMiddleOne() {
    assertThat(Medians.of(List.of(9.0, 1.0, 2.0), v -> v)).isEqualTo(new Medians(2, 1, 9));
  }

  @Test
  void isBetweenTheMiddleTwoOfAnEvenNumber() {
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 9.0), v -> v).median()).isEqualTo(3);
  }

  @Test
  void spreadIsHalfTheRangeAsAShareOfTheMedian() {
    assertThat(Medians.of(List.of(90.0, 100.0, 120.0), v -> v).spread())
        .isCloseTo(0.15, within(1e-9));
  }

  @Test
  void aSingleRunHasNoSpread() {
    assertThat(Medians.of(List.of(7.0), v -> v).spread()).isZero();
  }

  @Test
  void thereIsNoMedianOfNothing() {
    assertThatThrownBy(() -> Medians.of(List.<Double>of(), v -> v))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
