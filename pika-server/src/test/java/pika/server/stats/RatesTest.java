package pika.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final long TENTH_NANOS = 100_000_000L;

  private final AtomicLong nanos = new AtomicLong(-5);
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final Rates rates =
      new Rates(nanos::get, commands::get, bytes::get, () -> 2 * bytes.get());

  @Test
  void averagesOverTheLastSixteenSamples() {
    tick(16, 100);
    assertThat(rates.commandsPerSecond()).isEqualTo(1_000);
    assertThat(rates.inputKbPerSecond()).isEqualTo(100);
    assertThat(rates.outputKbPerSecond()).isEqualTo(200);
    tick(8, 0);
    assertThat(rates.commandsPerSecond()).isEqualTo(500);
    tick(8, 0);
    assertThat(rates.commandsPerSecond()).isZero();
  }

  @Test
  void aCounterThatStartsAgainIsNotANegativeRate() {
    tick(4, 100);
    commands.set(0);
    tick(1, 0);
    assertThat(rates.commandsPerSecond()).isEqualTo(250);
  }

  @Test
  void aResetStartsAtZero() {
    tick(16, 100);
    rates.reset();
    assertThat(rates.commandsPerSecond()).isZero();
    tick(16, 10);
    assertThat(rates.commandsPerSecond()).isEqualTo(100);
  }

  private void tick(int times, long callsEach) {
    for (int i = 0; i < times; i++) {
      nanos.addAndGet(TENTH_NANOS);
      commands.addAndGet(callsEach);
      bytes.addAndGet(callsEach == 0 ? 0 : 10_240);
      rates.sample();
    }
  }
}
