package pika.tools.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import pika.tools.drive.Drive;
import pika.tools.drive.Outcome;

/** One measured run of one cell: wait until the server is idle, warm up, then measure. */
final class CellRun {

  /** Below this share of a core a server counts as idle. */
  private static final double QUIET_CORES = 0.1;

  private static final int QUIET_SAMPLE_MS = 200;
  private static final int MAX_QUIET_SAMPLES = 100;

  private final double warmupSeconds;
  private final double seconds;

  CellRun(double warmupSeconds, double seconds) {
    this.warmupSeconds = warmupSeconds;
    this.seconds = seconds;
  }

  /** @throws BenchException if the server does not know the command, fails or hangs */
  Measurement measure(ServerUnderTest server, Cell cell, int run)
      throws BenchException, InterruptedException, IOException {
    awaitQuiet(server);
    ProcStat before;
    ProcStat after;
    Outcome outcome;
    try (Drive drive = open(server, cell)) {
      drive.begin();
      drive.await(warmupSeconds);
      before = server.stat();
      drive.measure();
      drive.await(seconds);
      after = server.stat();
      outcome = drive.end();
    } catch (IOException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
    if (outcome.operations() == 0) {
      throw new BenchException("nothing was answered in " + seconds + " s");
    }
    return new Measurement(
        server.name(),
        cell,
        run,
        outcome.operationsPerSecond(),
        outcome.latencyMs(50),
        outcome.latencyMs(99),
        outcome.latencyMs(99.9),
        outcome.latencyMs(100),
        after.equals(ProcStat.UNKNOWN)
            ? Double.NaN
            : (double) (after.cpuMicros() - before.cpuMicros()) / outcome.operations(),
        after.rssBytes());
  }

  private static Drive open(ServerUnderTest server, Cell cell)
      throws IOException, InterruptedException {
    InetSocketAddress address = server.address();
    Drive drive = Drive.open(address, cell.load());
    try {
      drive.subscribe(address, cell.row().subscribers(), Row.CHANNEL);
      return drive;
    } catch (IOException | InterruptedException e) {
      drive.close();
      throw e;
    }
  }

  /**
   * Lets the previous row's flushes and compactions finish, so they are not charged to this one.
   */
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
