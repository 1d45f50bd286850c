package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockPlanTest {
  @Test
  void isAscending() {
    LockPlan plan =
        LockPlan.of(List.of(bytes("d"), bytes("a"), bytes("c")), List.of(bytes("b"), bytes("e")));

    int[] sorted = plan.wanted().clone();
    Arrays.sort(sorted);
    assertThat(plan.wanted()).isEqualTo(sorted).hasSize(5);
  }

  @Test
  void writingCountsWhereAKeyIsBothReadAndWritten() {
    assertThat(LockPlan.of(List.of(bytes("k"), bytes("k")), List.of(bytes("k"))).wanted())
        .containsExactly(LockPlan.forWriting(bytes("k")));
    assertThat(LockPlan.of(List.of(), List.of(bytes("k"))).wanted())
        .containsExactly(LockPlan.forReading(bytes("k")));
    assertThat(LockPlan.forWritingOne(bytes("k")).wanted())
        .containsExactly(LockPlan.forWriting(bytes("k")));
  }
}
