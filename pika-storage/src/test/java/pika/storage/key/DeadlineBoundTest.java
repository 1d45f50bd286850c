package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineBoundTest {
  private final DeadlineBound bound = new DeadlineBound();

  @Test
  void isBelowEverythingBeforeTheFirstSweep() {
    assertThat(bound.get()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void isTheNearestOfWhatTheSweepLeftAndWhatCameSince() {
    bound.beginSweep();
    bound.endSweep(500);

    bound.add(700);
    assertThat(bound.get()).isEqualTo(500);
    bound.add(300);
    assertThat(bound.get()).isEqualTo(300);
  }

  @Test
  void staysWhileASweepRuns() {
    bound.beginSweep();
    bound.endSweep(500);
    bound.add(300);

    assertThat(bound.beginSweep()).isEqualTo(300);
    assertThat(bound.get()).isEqualTo(300);
    bound.add(400);
    bound.endSweep(Long.MAX_VALUE);

    assertThat(bound.get()).isEqualTo(400);
  }

  @Test
  void hasNoDeadlineWhenNothingIsLeft() {
    bound.beginSweep();
    bound.endSweep(Long.MAX_VALUE);

    assertThat(bound.get()).isEqualTo(Long.MAX_VALUE);
  }
}
