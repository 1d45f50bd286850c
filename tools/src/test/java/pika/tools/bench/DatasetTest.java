package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pika.tools.bench.Dataset.Size;

class DatasetTest {

  private static final long BUDGET = 64 << 20;

  @Test
  void inMemoryHoldsTheWantedKeys() {
    assertThat(Dataset.of(Size.MEMORY, 200_000, 100, BUDGET).keys()).isEqualTo(200_000);
  }

  @Test
  void inMemoryNeverTakesMoreThanHalfOfTheBudget() {
    Dataset dataset = Dataset.of(Size.MEMORY, 200_000, 16 * 1024, BUDGET);

    assertThat(dataset.keys() * (16 + 16 * 1024)).isBetween(BUDGET / 2 - 20_000, BUDGET / 2);
  }

  @Test
  void bigIsFourBudgets() {
    Dataset dataset = Dataset.of(Size.BIG, 200_000, 1024, BUDGET);

    assertThat(dataset.keys() * (16 + 1024)).isBetween(4 * BUDGET - 2_000, 4 * BUDGET);
  }

  @Test
  void saysWhatItIs() {
    assertThat(Dataset.of(Size.MEMORY, 1000, 100, BUDGET))
        .hasToString("1,000 keys, 100-byte values (in memory)");
  }
}
