package pika.tools.bench;

import java.io.IOException;

/**
 * One measured run of one cell: a probe that finds the server's pace, a warm-up, and the run
 * itself, sized to last the wanted time.
 */
final class CellRun {

  private static final long MIN_REQUESTS = 1_000;

  /** The shortest run whose rate means anything: redis-benchmark's clock counts milliseconds. */
  private static final double PROBE_SECONDS = 0.05;

  private static final int PROBE_GROWTH = 10;

  /** Keeps one run's argument sane on a server that answers without working. */
  private static final long MAX_REQUESTS = 200_000_000;

  /** A run this many times slower than its warm-up foretold is given up. */
  private static final int SLACK = 20;

  private static final int MIN_LIMIT_SECONDS = 60;

  /** Below this share of a core a server counts as done with what came before. */
  private static final double QUIET_CORES = 0.1;

  private static final int QUIET_SAMPLE_MS = 200;
  private static final int MAX_QUIET_SAMPLES = 100;

  private final RedisBenchmark benchmark;
  private final double warmupSeconds;
  private final double seconds;

  CellRun(RedisBenchmark benchmark, double warmupSeconds, double seconds) {
    this.benchmark = benchmark;
    this.warmupSeconds = warmupSeconds;
    this.seconds = seconds;
  }

  /** @throws BenchException if the server does not know the command, fails or hangs */
  Measurement measure(ServerUnderTest server, Cell cell, int run)
      throws BenchException, InterruptedException, IOException {
    awaitQuiet(server);
    double pace = probe(server, cell);
    long warmup = requests(MIN_REQUESTS, pace, warmupSeconds);
    pace =
        benchmark.run(server.port(), cell, warmup, limitSeconds(warmupSeconds)).opsPerSecond();
    // What fills every connection's pipeline once is the least that shows the load it is named for.
    long requests = requests(Math.max(MIN_REQUESTS, cell.inFlight()), pace, seconds);

    ProcStat before = server.stat();
    BenchmarkCsv result = benchmark.run(server.port(), cell, requests, limitSeconds(seconds));
    ProcStat after = server.stat();
    return new Measurement(
        server.name(),
        cell,
        run,
        result.opsPerSecond(),
        result.p50Ms(),
        result.p95Ms(),
        result.p99Ms(),
        result.maxMs(),
        (double) (after.cpuMicros() - before.cpuMicros()) / requests,
        after.rssBytes());
  }

  /** Starts small, as a few thousand large requests may take seconds, and grows until it tells. */
  private double probe(ServerUnderTest server, Cell cell)
      throws BenchException, InterruptedException {
    long requests = MIN_REQUESTS;
    while (true) {
      double pace =
          benchmark.run(server.port(), cell, requests, limitSeconds(0)).opsPerSecond();
      if (requests / pace >= PROBE_SECONDS || requests >= MAX_REQUESTS) {
        return pace;
      }
      requests *= PROBE_GROWTH;
    }
  }

  static long requests(long least, double opsPerSecond, double seconds) {
    return Math.max(least, Math.min(MAX_REQUESTS, (long) (opsPerSecond * seconds)));
  }

  private static long limitSeconds(double seconds) {
    return Math.max(MIN_LIMIT_SECONDS, (long) (seconds * SLACK));
  }

  /** Lets flushes and compactions of the row before end, lest they be charged to this one. */
  private static void awaitQuiet(ServerUnderTest server) throws InterruptedException, IOException {
    long before = server.stat().cpuMicros();
    for (int i = 0; i < MAX_QUIET_SAMPLES; i++) {
      Thread.sleep(QUIET_SAMPLE_MS);
      long now = server.stat().cpuMicros();
      if (now - before <= QUIET_CORES * QUIET_SAMPLE_MS * 1000) {
        return;
      }
      before = now;
    }
  }
}
