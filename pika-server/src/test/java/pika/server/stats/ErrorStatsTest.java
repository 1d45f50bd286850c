package pika.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorStatsTest {
  private final ErrorStats errors = new ErrorStats();

  @Test
  void countsByCodeInAlphabeticalOrder() {
    errors.count("WRONGTYPE");
    errors.count("ERR");
    errors.count("ERR");
    assertThat(errors.counts().toString()).isEqualTo("{ERR=2, WRONGTYPE=1}");
    assertThat(errors.total()).isEqualTo(3);
    errors.reset();
    assertThat(errors.counts()).isEmpty();
    assertThat(errors.total()).isZero();
  }

  @Test
  void inventedCodesAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      errors.count("CODE" + i);
    }
    assertThat(errors.counts()).hasSize(129).containsEntry("ERRORSTATS_OVERFLOW", 872L);
    assertThat(errors.total()).isEqualTo(1_000);
  }
}
