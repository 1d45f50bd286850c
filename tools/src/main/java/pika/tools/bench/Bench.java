package pika.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.tools.bench.BenchPlan.Restart;
import pika.tools.bench.Matrix.Group;
import pika.tools.cli.ByteSize;
import pika.tools.load.Loader;

/**
 * Runs a plan: for each run and each group of cells the servers take turns (A B A B), each in an
 * empty directory, so that other activity on the machine affects all of them alike.
 */
final class Bench {

  /**
   * Lets startup work that continues after the first PONG (JIT compilation) finish: it is not
   * idling.
   */
  private static final int SETTLE_MS = 5000;

  private final BenchPlan plan;
  private final Launcher launcher;
  private final CellRun cellRun;
  private final HugeRun hugeRun;
  private final Workspace workspace;
  private final PrintWriter progress;
  private final Results results;

  Bench(
      BenchPlan plan,
      Launcher launcher,
      Workspace workspace,
      Results results,
      PrintWriter progress) {
    this.plan = plan;
    this.launcher = launcher;
    this.hugeRun = new HugeRun(plan.warmupSeconds(), plan.seconds());
    this.cellRun = new CellRun(plan.warmupSeconds(), plan.seconds());
    this.workspace = workspace;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Measures everything; results obtained before a failure are kept.
   *
   * @throws BenchException if a server does not start: the comparison is void without it
   * @throws IOException if a server exits on its own
   */
  void run() throws BenchException, InterruptedException, IOException {
    for (int run = 1; run <= plan.runs(); run++) {
      for (ServerSpec server : plan.servers()) {
        restOn(server, run);
      }
      for (Group group : plan.matrix().groups()) {
        for (ServerSpec server : plan.servers()) {
          turn(server, group, run);
        }
      }
      if (!plan.hugeBytes().isEmpty()) {
        for (ServerSpec server : plan.servers()) {
          hugeTurn(server, run);
        }
      }
    }
  }

  private void restOn(ServerSpec spec, int run)
      throws BenchException, InterruptedException, IOException {
    Path directory = workspace.emptyDirectory(spec.name());
    try (ServerUnderTest server = launcher.start(spec, directory)) {
      results.addVersion(spec.name(), server.version());
      if (plan.idleSeconds() > 0 && spec.runningAt().isEmpty()) {
        rest(server, Optional.empty(), run);
      }
    }
  }

  private void hugeTurn(ServerSpec spec, int run)
      throws BenchException, InterruptedException, IOException {
    Path directory = workspace.emptyDirectory(spec.name());
    try (ServerUnderTest server = launcher.start(spec, directory)) {
      for (int sizeBytes : plan.hugeBytes()) {
        try {
          hugeRun.measure(server, sizeBytes, run, new HugeNotes(server.name(), sizeBytes));
        } catch (BenchException e) {
          results.addFailure(
              server.name() + ", huge " + new ByteSize(sizeBytes) + ": " + e.getMessage());
        }
      }
    }
    workspace.emptyDirectory(spec.name());
  }

  private void turn(ServerSpec spec, Group group, int run)
      throws BenchException, InterruptedException, IOException {
    Path directory = workspace.emptyDirectory(spec.name());
    try (ServerUnderTest server = launcher.start(spec, directory)) {
      Set<Fill> filled = fill(server, group);
      for (Cell cell : group.cells()) {
        if (filled.contains(cell.row().fill())) {
          measure(server, cell, run);
        }
      }
    }
    if (plan.restart() == Restart.TIMED && spec.runningAt().isEmpty()) {
      try (ServerUnderTest server = launcher.start(spec, directory)) {
        rest(server, Optional.of(group.dataset()), run);
      }
    }
    // So the files of two servers need not fit on the disk at once.
    workspace.emptyDirectory(spec.name());
  }

  /** The kinds of data that the group needs and the server accepted: it may not know every type. */
  private Set<Fill> fill(ServerUnderTest server, Group group) {
    Set<Fill> wanted = EnumSet.noneOf(Fill.class);
    group.cells().forEach(cell -> wanted.add(cell.row().fill()));
    wanted.removeIf(fill -> fill != Fill.NOTHING && !fill(server, fill, group.dataset()));
    return wanted;
  }

  private boolean fill(ServerUnderTest server, Fill fill, Dataset dataset) {
    say("%s: filling with %s, %s", server.name(), fill, dataset);
    try (Client client = Client.connect(server.address(), ClientOptions.DEFAULT)) {
      fill.into(new Loader(client), dataset);
      return true;
    } catch (IOException e) {
      results.addFailure(server.name() + ", rows on " + fill + ": " + e.getMessage());
      say("%s: cannot be filled with %s", server.name(), fill);
      return false;
    }
  }

  private void measure(ServerUnderTest server, Cell cell, int run)
      throws InterruptedException, IOException {
    try {
      Measurement measured = cellRun.measure(server, cell, run);
      results.add(measured);
      say(
          "run %d %s %s: %,.0f ops/s, p99 %.2f ms, %.2f us CPU",
          run,
          server.name(),
          cell,
          measured.opsPerSecond(),
          measured.p99Ms(),
          measured.cpuMicrosPerOp());
    } catch (BenchException e) {
      // The other cells are still useful: a server may lack one command.
      results.addFailure(server.name() + ", " + cell + ": " + e.getMessage());
      say("run %d %s %s: %s", run, server.name(), cell, e.getMessage());
    }
  }

  private void rest(ServerUnderTest server, Optional<Dataset> dataset, int run)
      throws InterruptedException, IOException {
    Thread.sleep(SETTLE_MS);
    long before = server.stat().cpuMicros();
    double seconds = Math.max(plan.idleSeconds(), 1);
    Thread.sleep((long) (seconds * 1000));
    ProcStat after = server.stat();
    double idlePercent = (after.cpuMicros() - before) / seconds / 1e6 * 100;
    results.add(new RestMeasurement(
        server.name(), dataset, run, server.startMs(), after.rssBytes(), idlePercent));
    say(
        "run %d %s at rest: started in %.0f ms, %.2f %% of a core, %,d MB",
        run, server.name(), server.startMs(), idlePercent, after.rssBytes() >> 20);
  }

  private void say(String format, @Nullable Object... arguments) {
    progress.printf(Locale.ROOT, format + "%n", arguments);
    progress.flush();
  }

  private final class HugeNotes implements HugeRun.Notes {

    private final String server;
    private final ByteSize size;

    HugeNotes(String server, int sizeBytes) {
      this.server = server;
      this.size = new ByteSize(sizeBytes);
    }

    @Override
    public void measured(HugeMeasurement measured) {
      results.add(measured);
      say(
          "run %d %s %s of %s: %.2f ms, p99 of others %.2f ms, without it %.2f ms",
          measured.run(),
          server,
          measured.command(),
          size,
          measured.ms(),
          measured.othersP99Ms(),
          measured.quietP99Ms());
    }

    @Override
    public void refused(HugeCommand command, String why) {
      results.addFailure(server + ", " + command + " of " + size + ": " + why);
      say("%s %s of %s: %s", server, command, size, why);
    }
  }
}
