package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellRunTest {

  @Test
  void asManyRequestsAsTakeTheWantedTime() {
    assertThat(CellRun.requests(1_000, 60_000, 5)).isEqualTo(300_000);
  }

  @Test
  void neverFewerThanTheLeast() {
    assertThat(CellRun.requests(64_000, 10, 1)).isEqualTo(64_000);
  }

  @Test
  void aRateOutOfThisWorldIsCut() {
    assertThat(CellRun.requests(1_000, 1e18, 5)).isEqualTo(200_000_000);
  }
}
