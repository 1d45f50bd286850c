package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The texts are redis-benchmark 7.0.15's own. */
class BenchmarkCsvTest {

  private static final String HEADER = "\"test\",\"rps\",\"avg_latency_ms\",\"min_latency_ms\","
      + "\"p50_latency_ms\",\"p95_latency_ms\",\"p99_latency_ms\",\"max_latency_ms\"\n";

  @Test
  void findsTheFiguresByTheNamesInTheHeader() {
    String output = HEADER
        + "\"GET\",\"85470.09\",\"0.300\",\"0.064\",\"0.287\",\"0.399\",\"0.463\",\"4.143\"\n";

    assertThat(BenchmarkCsv.parse(output))
        .isEqualTo(new BenchmarkCsv(85470.09, 0.287, 0.399, 0.463, 4.143));
  }

  @Test
  void takesTheLastTestWhereOneNeedsAnotherBefore() {
    String output = HEADER
        + "\"LPUSH (needed to benchmark LRANGE)\",\"1.00\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"\n"
        + "\"LRANGE_100 (first 100 elements)\",\"83333.34\",\"0.335\",\"0.136\",\"0.327\","
        + "\"0.463\",\"0.607\",\"0.727\"\n";

    assertThat(BenchmarkCsv.parse(output).opsPerSecond()).isEqualTo(83333.34);
  }

  @Test
  void acceptsCommasInTheNameAndWordsBeforeTheHeader() {
    String output = "WARNING: Could not fetch server CONFIG\n"
        + HEADER
        + "\"EVAL a,b\",\"5000.00\",\"2.192\",\"2.120\",\"2.191\",\"2.263\",\"2.264\",\"2.265\"\n";

    assertThat(BenchmarkCsv.parse(output))
        .isEqualTo(new BenchmarkCsv(5000, 2.191, 2.263, 2.264, 2.265));
  }

  @Test
  void aRunOfNoTimeHasAnInfiniteRate() {
    String output = HEADER + "\"GET\",\"inf\",\"0.3\",\"0.1\",\"0.2\",\"0.4\",\"0.5\",\"4.1\"\n";

    assertThat(BenchmarkCsv.parse(output).opsPerSecond()).isInfinite();
  }

  @Test
  void refusesOutputWithoutResult() {
    assertThatThrownBy(() -> BenchmarkCsv.parse(HEADER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no result");
  }

  @Test
  void refusesTheFormatOfOldVersions() {
    assertThatThrownBy(() -> BenchmarkCsv.parse("\"SET\",\"123.45\"\n"))
        .hasMessageContaining("6.2 or later");
  }
}
