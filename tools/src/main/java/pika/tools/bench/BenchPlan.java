package pika.tools.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a benchmark is to do.
 *
 * @param servers in the order they take turns; the first is what the others are compared with
 * @param hugeBytes sizes of huge commands, which have a turn of their own
 * @param runs how often each server has its turn
 * @param warmupSeconds before each measured run
 * @param seconds of each measured run
 * @param idleSeconds over which a resting server's CPU time is taken; 0 leaves that out
 * @param restart whether to time a second start, on the loaded data
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

  /** Probing the pace, waiting for quiet, connecting. */
  private static final double CELL_SECONDS = 0.5;

  private static final double START_SECONDS = 4;

  enum Restart {
    TIMED,
    LEFT_OUT
  }

  /** What will be done and how long that takes, filling large datasets not counted. */
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
