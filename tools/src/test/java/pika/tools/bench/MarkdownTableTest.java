package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void alignsWordsLeftAndNumbersRight() {
    MarkdownTable table = new MarkdownTable(1, List.of("row", "ops/s"));
    table.add(List.of("GET", "1,000,000"));
    table.add(List.of("LRANGE", "7"));

    assertThat(table.toString()).isEqualTo("""
        | row    |     ops/s |
        | ------ | --------: |
        | GET    | 1,000,000 |
        | LRANGE |         7 |
        """);
  }

  @Test
  void keepsBarsAndLineBreaksInsideTheirCell() {
    MarkdownTable table = new MarkdownTable(1, List.of("command"));
    table.add(List.of("a | b\nc"));

    assertThat(table.toString()).contains("| a \\| b c |");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    MarkdownTable table = new MarkdownTable(1, List.of("a", "b"));

    assertThatThrownBy(() -> table.add(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
  }
}
