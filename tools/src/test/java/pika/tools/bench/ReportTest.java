package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import pika.tools.bench.BenchPlan.Restart;
import pika.tools.bench.Dataset.Size;

class ReportTest {

  private static final ServerSpec REDIS = new ServerSpec("redis", "redis-server");
  private static final ServerSpec PEER = new ServerSpec("peer", "peer --port {port}");
  private static final Dataset DATASET = new Dataset(Size.MEMORY, 1000, 100);
  private static final Cell GET = new Cell(DATASET, Rows.named("GET"), 50, 50, 1);
  private static final Cell SET = new Cell(DATASET, Rows.named("SET"), 50, 50, 1);

  private final BenchPlan plan = new BenchPlan(
      List.of(REDIS, PEER),
      new Matrix(List.of(new Matrix.Group(DATASET, List.of(GET, SET)))),
      List.of(1 << 20),
      3,
      2,
      5,
      5,
      Restart.LEFT_OUT);
  private final Results results = new Results();

  @Test
  void comparesMediansWithTheFirstServer() {
    run("redis", 1, 90_000, 8.0);
    run("redis", 2, 100_000, 8.2);
    run("redis", 3, 120_000, 8.1);
    run("peer", 1, 60_000, 12.15);
    run("peer", 2, 10_000, 99.0);
    run("peer", 3, 50_000, 12.15);

    assertThat(tables()).contains("""
        | row | clients | pipeline |   redis |          peer |
        | --- | ------: | -------: | ------: | ------------: |
        | GET |      50 |        1 | 100,000 | 50,000 (0.50) |
        | SET |      50 |        1 |       - |             - |
        """);
    assertThat(tables().lines())
        .anyMatch(line -> line.matches("\\| GET \\| redis .*\\| +15 \\| +8\\.10 \\| +1\\.00 .*"))
        .anyMatch(line -> line.matches("\\| GET \\| peer .*\\| +50 \\| +12\\.15 \\| +1\\.50 .*"));
  }

  @Test
  void leavesOutARatioWithoutBaseline() {
    run("peer", 1, 60_000, 12);

    assertThat(tables()).contains("| GET |      50 |        1 |     - | 60,000 |");
  }

  @Test
  void tellsWhatCouldNotBeMeasured() {
    results.addFailure("peer, GET: ERR unknown command");
    results.addFailure("peer, GET: ERR unknown command");

    assertThat(tables()).endsWith("## Not measured\n\n* peer, GET: ERR unknown command\n");
  }

  @Test
  void showsServersAtRestAndStartedAgain() {
    results.add(new RestMeasurement("redis", Optional.empty(), 1, 37, 12 << 20, 0.25));
    results.add(new RestMeasurement("redis", Optional.of(DATASET), 1, 1374, 177 << 20, 0));

    assertThat(tables()).contains("""
        ## At rest, empty

        | server | start to first PONG ms | CPU % of a core | RSS MB |
        | ------ | ---------------------: | --------------: | -----: |
        | redis  |                     37 |            0.25 |     12 |
        """).contains("""
        ## Started again on 1,000 keys, 100-byte values (in memory)

        | server | start to first PONG ms | CPU % of a core | RSS MB |
        | ------ | ---------------------: | --------------: | -----: |
        | redis  |                  1,374 |            0.00 |    177 |
        """);
  }

  @Test
  void showsWhatHugeCommandsTakeAndWhatOthersBear() {
    results.add(new HugeMeasurement("redis", HugeCommand.GET, 1 << 20, 1, 2, 0.5, 1, 3));
    results.add(new HugeMeasurement("peer", HugeCommand.GET, 1 << 20, 1, 5, 0.25, 2, 4));

    assertThat(tables()).contains("""
        | command | size | server |   ms | ratio | MB/s | others' p99 ms alone | meanwhile | max ms |
        | ------- | ---- | ------ | ---: | ----: | ---: | -------------------: | --------: | -----: |
        | GET     | 1MB  | redis  | 2.00 |  1.00 |  500 |                 0.50 |      1.00 |   3.00 |
        | GET     | 1MB  | peer   | 5.00 |  2.50 |  200 |                 0.25 |      2.00 |   4.00 |
        """);
  }

  @Test
  void thePageSaysHowTheFiguresCameAbout() {
    results.addVersion("redis", "redis_version 7.0.15");
    Circumstances circumstances =
        new Circumstances("2026-03-01", "2 cores", "0.10", "tools/pika bench");

    assertThat(new Report(plan, results).page("models", circumstances)).startsWith("""
        # models

        * Date: 2026-03-01
        * Machine: 2 cores; load average before 0.10
        * Load generator: this program, on one thread of the same machine
        * Runs: 3 per server in alternation, 5.0 s each after 2.0 s of warm-up; medians

        ```
        tools/pika bench
        ```

        | server | version              | command              |
        | ------ | -------------------- | -------------------- |
        | redis  | redis_version 7.0.15 | `redis-server`       |
        | peer   | never started        | `peer --port {port}` |
        """);
  }

  @Test
  void plotsHaveAStripForEachCellAndAMarkForEachServer() throws Exception {
    run("redis", 1, 90_000, 8.0);
    run("peer", 1, 45_000, 8.0);
    String throughput = Plots.throughput(plan, results);
    String latency = Plots.latency(plan, results);

    assertThat(throughput)
        .contains("90,000/s", "45,000/s")
        .contains("width=\"560.0\"", "width=\"280.0\"")
        .contains(">GET<", ">SET<", ">50 x 1<", "1,000 keys");
    assertThat(latency).contains("p99 1.00 ms").contains(">10 us<", ">10 s<");
    for (String svg : List.of(throughput, latency)) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void everyRunIsALineOfCsv() {
    run("redis", 1, 90_000.5, 8.0);

    assertThat(RawCsv.of(results.cells()).lines())
        .last()
        .isEqualTo("redis,1,GET,MEMORY,1000,100,50,50,1,90000.50,"
            + "0.500,1.000,2.000,4.000,8.0000,104857600");
  }

  private void run(String server, int run, double opsPerSecond, double cpuMicrosPerOp) {
    results.add(new Measurement(
        server, GET, run, opsPerSecond, 0.5, 1.0, 2.0, 4.0, cpuMicrosPerOp, 100 << 20));
  }

  private String tables() {
    return new Report(plan, results).tables();
  }
}
