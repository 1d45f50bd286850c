package pika.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pika.server.command.Args;

class SlowLogTest {
  private final SlowLog log = new SlowLog();

  @Test
  void wantsWhatTakesAsLongAsTheThreshold() {
    log.thresholdMicros(100);
    assertThat(log.wants(99_999)).isFalse();
    assertThat(log.wants(100_000)).isTrue();
    log.thresholdMicros(0);
    assertThat(log.wants(0)).isTrue();
    log.thresholdMicros(-1);
    assertThat(log.wants(Long.MAX_VALUE - 1)).isFalse();
    log.thresholdMicros(Long.MAX_VALUE);
    assertThat(log.wants(1_000_000)).isFalse();
  }

  @Test
  void keepsTheNewestAndNumbersThemOn() {
    log.maxLength(2);
    add("a");
    add("b");
    add("c");
    assertThat(log.newest(10)).extracting(SlowLog.Entry::id).containsExactly(2L, 1L);
    log.maxLength(1);
    assertThat(log.size()).isEqualTo(1);
    log.clear();
    add("d");
    assertThat(log.newest(10)).extracting(SlowLog.Entry::id).containsExactly(3L);
  }

  @Test
  void shortensArguments() {
    String[] args = new String[40];
    for (int i = 0; i < args.length; i++) {
      args[i] = "x".repeat(i == 1 ? 200 : 128);
    }
    add(args);
    List<String> shown = log.newest(1).get(0).args().stream().map(Args::text).toList();
    assertThat(shown).hasSize(32);
    assertThat(shown.get(0)).isEqualTo("x".repeat(128));
    assertThat(shown.get(1)).isEqualTo("x".repeat(128) + "... (72 more bytes)");
    assertThat(shown.get(31)).isEqualTo("... (9 more arguments)");
  }

  @Test
  void showsThirtyTwoArgumentsWhole() {
    String[] args = new String[32];
    java.util.Arrays.fill(args, "x");
    add(args);
    assertThat(log.newest(1).get(0).args()).hasSize(32).allMatch(arg -> arg.length == 1);
  }

  private void add(String... words) {
    byte[][] args = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      args[i] = Args.bytes(words[i]);
    }
    log.add(new SlowLog.Timing(1, 1_000, 5_000), args, "127.0.0.1:1", "");
  }
}
