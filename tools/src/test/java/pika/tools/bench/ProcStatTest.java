package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcStatTest {

  @Test
  void addsUserAndSystemTime() {
    String stat = "2527 (redis-server) S 2494 2494 1 0 -1 4194560 3271 0 0 0 250 130 7 9 20 0 5 0";

    assertThat(ProcStat.cpuMicros(stat)).isEqualTo(3_800_000);
  }

  @Test
  void isNotMisledByTheCommandName() {
    String stat = "1 (a) S 1 (b) S 2 3 4 0 -1 5 6 0 0 0 10 1 0 0 20 0 5 0";

    assertThat(ProcStat.cpuMicros(stat)).isEqualTo(110_000);
  }

  @Test
  void readsResidentMemoryInBytes() {
    assertThat(ProcStat.rssBytes("Name:\tx\nVmHWM:\t  99 kB\nVmRSS:\t   12 kB\nRssAnon:\t 7 kB\n"))
        .isEqualTo(12 * 1024);
  }

  @Test
  void aProcessWithoutMemoryHoldsNone() {
    assertThat(ProcStat.rssBytes("Name:\tx\nState:\tZ (zombie)\n")).isZero();
  }

  @Test
  void seesThisProcess() throws IOException {
    ProcStat stat = ProcStat.of(ProcessHandle.current().pid());

    assertThat(stat.cpuMicros()).isPositive();
    assertThat(stat.rssBytes()).isGreaterThan(1 << 20);
  }

  @Test
  void saysWhenAProcessIsGone() {
    assertThatThrownBy(() -> ProcStat.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
