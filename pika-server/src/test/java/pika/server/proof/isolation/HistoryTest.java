package pika.server.proof.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @Test
  void oneAfterTheOtherIsFine() {
    add(1, 0, 1, Map.of("a", List.of(1)));
    add(2, 2, 3, Map.of("a", List.of(1, 2), "b", List.of(2)));
    assertThat(history.problem(Map.of("a", List.of(1, 2), "b", List.of(2)))).isEmpty();
  }

  @Test
  void seenInTwoOrdersIsNot() {
    add(1, 0, 9, Map.of("a", List.of(1), "b", List.of(2, 1)));
    add(2, 0, 9, Map.of("a", List.of(1, 2), "b", List.of(2)));
    assertThat(history.problem(Map.of("a", List.of(1, 2), "b", List.of(2, 1))))
        .contains("no order");
  }

  @Test
  void aReaderThatSeesHalfIsNot() {
    add(1, 0, 9, Map.of("a", List.of(1), "b", List.of(1)));
    add(2, 0, 9, Map.of("a", List.of(1), "b", List.of()));
    assertThat(history.problem(Map.of("a", List.of(1), "b", List.of(1)))).contains("no order");
  }

  @Test
  void somethingLostIsNot() {
    add(1, 0, 1, Map.of("a", List.of(1)));
    assertThat(history.problem(Map.of("a", List.of(2)))).contains("not how it began");
  }

  @Test
  void whoBeginsAfterwardsSeesIt() {
    add(1, 0, 1, Map.of("a", List.of(1)));
    add(2, 2, 3, Map.of("a", List.of()));
    assertThat(history.problem(Map.of("a", List.of(1)))).contains("no order");
  }

  private void add(int number, long begun, long ended, Map<String, List<Integer>> read) {
    history.add(new History.Transaction(number, begun, ended, read));
  }
}
