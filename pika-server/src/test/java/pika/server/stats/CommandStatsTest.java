package pika.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.server.command.Row.command;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Group;
import pika.server.command.Row;

class CommandStatsTest {
  private final CommandTable table = new CommandTable();
  private final CommandStats stats = new CommandStats(table);

  @BeforeEach
  void fill() {
    table.add(() -> List.of(row("first"), row("second")));
  }

  @Test
  void addsUpWhatAllThreadsRecord() throws InterruptedException {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::recordThousandCalls);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(stats.totalCalls()).isEqualTo(8_000);
    assertThat(stats.totals())
        .containsExactly(
            new CommandTotals(spec("first"), 4_000, 8_000_000, 0, 0),
            new CommandTotals(spec("second"), 4_000, 4_000_000, 4_000, 4_000));
  }

  private void recordThousandCalls() {
    Recorder recorder = stats.newRecorder();
    for (int i = 0; i < 1_000; i++) {
      recorder.succeeded(spec("first"), 2_000);
      recorder.failed(spec("second"), 1_000);
      recorder.rejected(spec("second"));
    }
  }

  @Test
  void aCommandThatWasNeverCalledIsNotShown() {
    stats.newRecorder().succeeded(spec("second"), 1_000);
    assertThat(stats.totals()).extracting(totals -> totals.spec().name()).containsExactly("second");
  }

  @Test
  void aResetForgetsEverythingOfAllRecorders() {
    Recorder busy = stats.newRecorder();
    Recorder idle = stats.newRecorder();
    busy.succeeded(spec("first"), 1_000);
    idle.succeeded(spec("first"), 1_000);
    stats.reset();
    assertThat(stats.totals()).isEmpty();
    busy.succeeded(spec("first"), 5_000);
    assertThat(stats.totals()).containsExactly(new CommandTotals(spec("first"), 1, 5_000, 0, 0));
    assertThat(stats.latencies(spec("first")).getTotalCount()).isEqualTo(1);
  }

  @Test
  void latenciesKeepTwoDigits() {
    Recorder recorder = stats.newRecorder();
    for (int i = 1; i <= 100; i++) {
      recorder.succeeded(spec("first"), i * 10_000L);
    }
    long median = stats.latencies(spec("first")).getValueAtPercentile(50);
    assertThat(median).isBetween(495_000L, 505_000L);
  }

  @Test
  void aLatencyBeyondTheHistogramCountsAsItsEnd() {
    stats.newRecorder().succeeded(spec("first"), 60_000_000_000L);
    assertThat(stats.latencies(spec("first")).getMaxValue())
        .isBetween(990_000_000L, 1_010_000_000L);
    assertThat(stats.totals().get(0).nanos()).isEqualTo(60_000_000_000L);
  }

  @Test
  void latencyTrackingCanBeTurnedOff() {
    stats.latencyTracking(false);
    stats.newRecorder().succeeded(spec("first"), 1_000);
    assertThat(stats.latencies(spec("first")).getTotalCount()).isZero();
    assertThat(stats.totalCalls()).isEqualTo(1);
  }

  private CommandSpec spec(String name) {
    return java.util.Objects.requireNonNull(table.findFullName(name));
  }

  private static Row row(String name) {
    return command(name, 1)
        .is(Group.SERVER, "1.0.0", "O(1)", "Does nothing.", "")
        .runs(call -> Reply.OK);
  }
}
