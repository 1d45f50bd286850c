package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pika.tools.bench.Dataset.Size;

class CellRunTest {

  private static final Dataset DATASET = new Dataset(Size.MEMORY, 10, 100);
  private static final Row GET = Rows.named("GET");

  @Test
  void asManyRequestsAsTakeTheWantedTime() {
    assertThat(CellRun.requests(new Cell(DATASET, GET, 50, 1), 60_000, 5)).isEqualTo(300_000);
  }

  @Test
  void everyConnectionHasAPipelineToFill() {
    assertThat(CellRun.requests(new Cell(DATASET, GET, 500, 128), 10, 1)).isEqualTo(64_000);
  }

  @Test
  void aRateOutOfThisWorldIsCut() {
    assertThat(CellRun.requests(new Cell(DATASET, GET, 50, 1), 1e18, 5)).isEqualTo(200_000_000);
  }
}
