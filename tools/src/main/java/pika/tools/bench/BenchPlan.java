package pika.tools.bench;

import java.util.List;
import java.util.Locale;

/**
 * The plan of a benchmark.
 *
 * @param servers in the order of their turns; the first is the baseline
 * @param hugeBytes sizes of huge commands, which get their own turn
 * @param runs turns per server
 * @param warmupSeconds the warm-up before each measured run
 * @param seconds the length of each measured run
 * @param idleSeconds how long an idle server's CPU time is measured; 0 skips that
 * @param restart whether to time a restart on the loaded data
 */
record BenchPlan(
    List<ServerSpec> servers,
    Matrix matrix,
    List<Integer> hugeBytes,
    int runs,
    double warmupSeconds,
    double seconds,
    double idleSeconds,
    Restart restart) {

  /**
   * Estimated overhead per cell: probing the rate, waiting until the server is idle, connecting.
   */
  private static final double CELL_SECONDS = 0.5;

  private static final double START_SECONDS = 4;

  enum Restart {
    TIMED,
    LEFT_OUT
  }

  /** A summary with the estimated time, without filling large datasets. */
  @Override
  public String toString() {
    double turnSeconds = matrix.size() * (CELL_SECONDS + warmupSeconds + seconds)
        + matrix.groups().size() * START_SECONDS
        + START_SECONDS
        + idleSeconds
        + hugeBytes.size() * (1 + HugeCommand.values().length) * (warmupSeconds + seconds);
    return String.format(
        Locale.ROOT,
        "%d cells on each of %s, %d times: about %.0f minutes",
        matrix.size(),
        servers.stream().map(ServerSpec::name).toList(),
        runs,
        Math.ceil(turnSeconds * servers.size() * runs / 60));
  }
}
