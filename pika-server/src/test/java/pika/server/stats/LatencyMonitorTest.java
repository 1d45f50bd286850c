package pika.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LatencyMonitorTest {
  private static final long MS = 1_000_000;

  private final AtomicLong clockMs = new AtomicLong(5_000);
  private final LatencyMonitor monitor = new LatencyMonitor(clockMs::get);

  @Test
  void keepsNothingUntilAThresholdIsSet() {
    monitor.took(LatencyEvent.COMMAND, Long.MAX_VALUE - 1);
    assertThat(monitor.latest()).isEmpty();
    monitor.thresholdMs(10);
    monitor.took(LatencyEvent.COMMAND, 10 * MS - 1);
    assertThat(monitor.latest()).isEmpty();
    monitor.took(LatencyEvent.COMMAND, 10 * MS);
    assertThat(monitor.latest()).hasSize(1);
  }

  @Test
  void keepsTheWorstOfEachSecond() {
    monitor.thresholdMs(1);
    monitor.took(LatencyEvent.COMMIT, 7 * MS);
    monitor.took(LatencyEvent.COMMIT, 3 * MS);
    clockMs.addAndGet(1_000);
    monitor.took(LatencyEvent.COMMIT, 4 * MS);
    assertThat(monitor.samples(LatencyEvent.COMMIT))
        .containsExactly(new LatencySample(5, 7), new LatencySample(6, 4));
    assertThat(monitor.worstMs(LatencyEvent.COMMIT)).isEqualTo(7);
  }

  @Test
  void isBoundedAndStillKnowsTheWorst() {
    monitor.thresholdMs(1);
    monitor.took(LatencyEvent.COMMAND, 99 * MS);
    for (int i = 0; i < 1000; i++) {
      clockMs.addAndGet(1_000);
      monitor.took(LatencyEvent.COMMAND, 2 * MS);
    }
    assertThat(monitor.samples(LatencyEvent.COMMAND)).hasSize(LatencySeries.LENGTH);
    assertThat(monitor.worstMs(LatencyEvent.COMMAND)).isEqualTo(99);
    assertThat(monitor.forget(LatencyEvent.COMMAND)).isTrue();
    assertThat(monitor.forget(LatencyEvent.COMMAND)).isFalse();
    assertThat(monitor.find("command")).isNull();
  }
}
