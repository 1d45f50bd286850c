package pika.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pika.tools.bench.BenchPlan.Restart;

/** {@code tools/pika bench}: its options, and the run from the first server to the report. */
@Command(
    name = "bench",
    description = {
      "Compares servers on this machine: starts them in turn, loads each, and prints median"
          + " throughput, ratios to the first server, latencies and the server's CPU time per"
          + " operation.",
      "",
      "Two servers are predefined: redis (append-only file, synced every second) and ours. A"
          + " server's command is run by sh in an empty directory, with {port}, {dir} (that"
          + " directory), {home} (this project), {budget} (memory in bytes) and {ours} (the command"
          + " of ours, to add options to) replaced.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tools/pika bench",
      "  tools/pika bench --rows GET,SET --pipelines 1,16 --seconds 2 --runs 1",
      "  tools/pika bench --server slow='{ours} --appendfsync always' --out always --csv",
      "  tools/pika bench --compare redis,peer --server peer='peer -p {port} -d {dir}'",
      "  tools/pika bench --compare redis,far --server far=10.0.0.7:6379",
      "  tools/pika bench --rows GET --connections 20000 --active 5%%",
      "  tools/pika bench --huge 100kb,1mb,10mb,100mb",
      "  tools/pika bench --large 20gb --minutes 10 --out larger-than-memory --csv"
    },
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server",
      paramLabel = "NAME=COMMAND",
      description =
          "Adds a server, or replaces the command of a predefined one; host:port is a running,"
              + " empty server. Repeatable.")
  private Map<String, String> servers = new LinkedHashMap<>();

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "NAME",
      description = "The servers, in order; the first is the baseline. Default: redis, ours, then"
          + " those added.")
  private List<String> compare = List.of();

  @Mixin
  private MatrixOptions matrix = new MatrixOptions();

  @Option(
      names = "--runs",
      paramLabel = "NUMBER",
      description = "Runs per server. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int runs;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Length of each measured run. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private double seconds;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description = "Length of the warm-up before it, unmeasured. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private double warmupSeconds;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description = "How long to measure an idle server's CPU time; 0 skips that. Default:"
          + " ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private double idleSeconds;

  @Option(
      names = "--restart",
      description = "After its rows, restart each server on its data and time that.")
  private boolean restart;

  @Option(
      names = "--out",
      paramLabel = "NAME",
      description = "Write the report to docs/benchmarks/NAME.md, with SVG plots beside it.")
  private @Nullable String out;

  @Option(names = "--csv", description = "With --out: also write every single run to NAME.csv.")
  private boolean csv;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for each server in turn; 0 picks a free one. Default: 0.",
      defaultValue = "0")
  private int port;

  @Option(
      names = "--start-limit",
      paramLabel = "SECONDS",
      description = "How long a server may take to start. Default: ${DEFAULT-VALUE}.",
      defaultValue = "120")
  private int startLimitSeconds;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where to create the servers' directories, on the disk to measure. Default: the"
          + " directory for temporary files.")
  private @Nullable Path scratch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchPlan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Path parent = scratch != null ? scratch : Path.of(System.getProperty("java.io.tmpdir"));
    try (Workspace workspace = new Workspace(parent)) {
      return matrix.largeBytes() > 0 ? runLarge(workspace) : run(plan, workspace);
    }
  }

  private int runLarge(Workspace workspace) throws IOException, InterruptedException {
    List<String> names = compare.isEmpty() ? List.of(ServerSpec.OURS.name()) : compare;
    ServerSpec server = ServerSpec.choose(servers, names).get(0);
    Dataset dataset = Dataset.ofBytes(matrix.largeBytes(), LargeRun.VALUE_BYTES);
    Circumstances circumstances = Circumstances.now(typed());
    LargeRun large =
        new LargeRun(launcher(workspace), workspace, spec.commandLine().getErr());
    try {
      LargeReport report =
          new LargeReport(large.run(server, dataset, matrix.budgetBytes(), matrix.largeSeconds()));
      spec.commandLine().getOut().println(report.tables());
      if (out != null) {
        write(out + ".md", report.page(out, circumstances));
        write(out + ".svg", report.plot());
        if (csv) {
          write(out + ".csv", report.csv());
        }
      }
      return 0;
    } catch (BenchException | IOException e) {
      spec.commandLine().getErr().println("bench: " + e.getMessage());
      return 1;
    }
  }

  private Launcher launcher(Workspace workspace) {
    return new Launcher(home(), matrix.budgetBytes(), port, startLimitSeconds, workspace);
  }

  private int run(BenchPlan plan, Workspace workspace) throws IOException, InterruptedException {
    Launcher launcher = launcher(workspace);
    Results results = new Results();
    try {
      Circumstances circumstances = Circumstances.now(typed());
      spec.commandLine().getErr().println(plan);
      new Bench(plan, launcher, workspace, results, spec.commandLine().getErr()).run();
      report(plan, results, circumstances);
      return 0;
    } catch (BenchException | IOException e) {
      // Keep what was measured before: it may have taken hours.
      if (!results.isEmpty()) {
        spec.commandLine().getOut().println(new Report(plan, results).tables());
      }
      spec.commandLine().getErr().println("bench: " + e.getMessage());
      return 1;
    }
  }

  private void report(BenchPlan plan, Results results, Circumstances circumstances)
      throws IOException {
    Report report = new Report(plan, results);
    spec.commandLine().getOut().println(report.tables());
    if (out == null) {
      return;
    }
    write(out + ".md", report.page(out, circumstances));
    if (!results.cells().isEmpty()) {
      write(out + "-throughput.svg", Plots.throughput(plan, results));
      write(out + "-latency.svg", Plots.latency(plan, results));
    }
    if (csv) {
      write(out + ".csv", RawCsv.of(results.cells()));
    }
  }

  private static void write(String name, String text) throws IOException {
    Path directory = Files.createDirectories(home().resolve("docs/benchmarks"));
    Files.writeString(directory.resolve(name), text);
  }

  private BenchPlan plan() {
    if (runs < 1 || seconds <= 0 || warmupSeconds < 0 || idleSeconds < 0) {
      throw new IllegalArgumentException("--runs and --seconds must be positive");
    }
    if (out != null && !out.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("--out is the name of a page, not a path: " + out);
    }
    if (csv && out == null) {
      throw new IllegalArgumentException("--csv goes beside a page: --out is missing");
    }
    return new BenchPlan(
        ServerSpec.choose(servers, compare),
        matrix.matrix(),
        matrix.hugeBytes(),
        runs,
        warmupSeconds,
        seconds,
        idleSeconds,
        restart ? Restart.TIMED : Restart.LEFT_OUT);
  }

  /** The launcher passes the project's directory. */
  private static Path home() {
    return Path.of(System.getProperty("pika.home", ".")).toAbsolutePath().normalize();
  }

  /** The command line, quoted so that it can be repeated. */
  private String typed() {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .map(word ->
            word.matches("[A-Za-z0-9_,.:/=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "tools/pika ", ""));
  }
}
