package pika.tools.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import pika.tools.bench.Matrix.Group;
import pika.tools.cli.ByteSize;

/** The report of a benchmark, in Markdown that also reads well on a terminal. */
final class Report {

  private static final String MISSING = "-";

  private final BenchPlan plan;
  private final Results results;
  private final String baseline;

  Report(BenchPlan plan, Results results) {
    this.plan = plan;
    this.results = results;
    this.baseline = plan.servers().get(0).name();
  }

  /** The page for {@code docs/benchmarks}: date, machine and command, then the tables. */
  String page(String title, Circumstances circumstances) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(title).append("\n\n");
    page.append("* Date: ").append(circumstances.date()).append('\n');
    page.append("* Machine: ").append(circumstances.machine());
    page.append("; load average before ").append(circumstances.loadAverage()).append('\n');
    page.append("* Load generator: this program, on one thread of the same machine\n");
    page.append(String.format(
        Locale.ROOT,
        "* Runs: %d per server in alternation, %.1f s each after %.1f s of warm-up; medians%n%n",
        plan.runs(),
        plan.seconds(),
        plan.warmupSeconds()));
    page.append("```\n").append(circumstances.command()).append("\n```\n\n");
    page.append(servers()).append('\n');
    if (!results.cells().isEmpty()) {
      page.append("![Throughput](").append(title).append("-throughput.svg)\n\n");
      page.append("![Latency](").append(title).append("-latency.svg)\n\n");
    }
    return page.append(tables()).toString();
  }

  /** The tables alone. */
  String tables() {
    StringBuilder text = new StringBuilder();
    for (Group group : plan.matrix().groups()) {
      text.append("## ").append(group.dataset()).append("\n\n");
      text.append("Operations per second, and the ratio to ").append(baseline).append(":\n\n");
      text.append(throughput(group)).append('\n');
      text.append("Details:\n\n").append(details(group)).append('\n');
    }
    if (!plan.hugeBytes().isEmpty()) {
      text.append("## Huge commands\n\n");
      text.append(
          "The others, 20 connections with 1,000 small commands a second, are measured alone");
      text.append(" and while the huge command is repeated.\n\n");
      text.append(huge()).append('\n');
    }
    rests(Optional.empty())
        .ifPresent(table -> text.append("## At rest, empty\n\n").append(table).append('\n'));
    for (Group group : plan.matrix().groups()) {
      rests(Optional.of(group.dataset()))
          .ifPresent(table -> text.append("## Started again on ")
              .append(group.dataset())
              .append("\n\n")
              .append(table)
              .append('\n'));
    }
    if (!results.failures().isEmpty()) {
      text.append("## Not measured\n\n");
      results.failures().forEach(failure -> text.append("* ").append(failure).append('\n'));
    }
    return text.toString();
  }

  private MarkdownTable servers() {
    MarkdownTable table = new MarkdownTable(3, List.of("server", "version", "command"));
    for (ServerSpec server : plan.servers()) {
      table.add(
          List.of(server.name(), results.version(server.name()), "`" + server.command() + "`"));
    }
    return table;
  }

  private MarkdownTable throughput(Group group) {
    List<String> header = new ArrayList<>(List.of("row", "clients", "pipeline"));
    plan.servers().forEach(server -> header.add(server.name()));
    MarkdownTable table = new MarkdownTable(1, header);
    for (Cell cell : group.cells()) {
      List<String> row = load(cell);
      for (ServerSpec server : plan.servers()) {
        row.add(medians(server, cell, Measurement::opsPerSecond)
            .map(ops -> number("%,.0f", ops.median()) + ratioInBrackets(server, cell))
            .orElse(MISSING));
      }
      table.add(row);
    }
    return table;
  }

  private String ratioInBrackets(ServerSpec server, Cell cell) {
    String ratio = ratio(server, cell, Measurement::opsPerSecond);
    return server.name().equals(baseline) || ratio.equals(MISSING) ? "" : " (" + ratio + ")";
  }

  private MarkdownTable details(Group group) {
    Map<String, ToDoubleFunction<Measurement>> plain = new LinkedHashMap<>();
    plain.put("p50 ms", Measurement::p50Ms);
    plain.put("p99 ms", Measurement::p99Ms);
    plain.put("p99.9 ms", Measurement::p999Ms);
    plain.put("max ms", Measurement::maxMs);
    List<String> header = new ArrayList<>(List.of("row", "server", "clients", "pipeline"));
    header.addAll(List.of("+- %", "CPU us/op", "CPU ratio"));
    header.addAll(plain.keySet());
    header.addAll(List.of("p99 ratio", "RSS MB"));
    MarkdownTable table = new MarkdownTable(2, header);
    for (Cell cell : group.cells()) {
      for (ServerSpec server : plan.servers()) {
        List<String> row = load(cell);
        row.add(1, server.name());
        row.add(medians(server, cell, Measurement::opsPerSecond)
            .map(ops -> number("%.0f", ops.spread() * 100))
            .orElse(MISSING));
        row.add(median(server, cell, Measurement::cpuMicrosPerOp, "%.2f"));
        row.add(ratio(server, cell, Measurement::cpuMicrosPerOp));
        plain.values().forEach(value -> row.add(median(server, cell, value, "%.2f")));
        row.add(ratio(server, cell, Measurement::p99Ms));
        row.add(median(server, cell, measured -> megabytes(measured.rssBytes()), "%,.0f"));
        table.add(row);
      }
    }
    return table;
  }

  private MarkdownTable huge() {
    MarkdownTable table = new MarkdownTable(
        3,
        List.of(
            "command",
            "size",
            "server",
            "ms",
            "ratio",
            "MB/s",
            "others' p99 ms alone",
            "meanwhile",
            "max ms"));
    for (int sizeBytes : plan.hugeBytes()) {
      for (HugeCommand command : HugeCommand.values()) {
        List<HugeMeasurement> base = results.huge(baseline, command, sizeBytes);
        for (ServerSpec server : plan.servers()) {
          List<HugeMeasurement> measured = results.huge(server.name(), command, sizeBytes);
          if (!measured.isEmpty()) {
            table.add(hugeRow(measured, base));
          }
        }
      }
    }
    return table;
  }

  private static List<String> hugeRow(List<HugeMeasurement> measured, List<HugeMeasurement> base) {
    HugeMeasurement any = measured.get(0);
    double ms = Medians.of(measured, HugeMeasurement::ms).median();
    return List.of(
        any.command().name(),
        new ByteSize(any.sizeBytes()).toString(),
        any.server(),
        number("%.2f", ms),
        base.isEmpty()
            ? MISSING
            : number("%.2f", ms / Medians.of(base, HugeMeasurement::ms).median()),
        number("%,.0f", megabytes(any.sizeBytes()) / ms * 1000),
        number("%.2f", Medians.of(measured, HugeMeasurement::quietP99Ms).median()),
        number("%.2f", Medians.of(measured, HugeMeasurement::othersP99Ms).median()),
        number("%.2f", Medians.of(measured, HugeMeasurement::othersMaxMs).median()));
  }

  private Optional<MarkdownTable> rests(Optional<Dataset> dataset) {
    Map<String, List<RestMeasurement>> byServer = results.rests().stream()
        .filter(measured -> measured.dataset().equals(dataset))
        .collect(Collectors.groupingBy(RestMeasurement::server));
    if (byServer.isEmpty()) {
      return Optional.empty();
    }
    MarkdownTable table = new MarkdownTable(
        1, List.of("server", "start to first PONG ms", "CPU % of a core", "RSS MB"));
    for (ServerSpec server : plan.servers()) {
      List<RestMeasurement> measured = byServer.getOrDefault(server.name(), List.of());
      if (!measured.isEmpty()) {
        table.add(List.of(
            server.name(),
            number("%,.0f", Medians.of(measured, RestMeasurement::startMs).median()),
            number("%.2f", Medians.of(measured, RestMeasurement::idleCpuPercent).median()),
            number(
                "%,.0f",
                Medians.of(measured, rest -> megabytes(rest.rssBytes())).median())));
      }
    }
    return Optional.of(table);
  }

  private static List<String> load(Cell cell) {
    return new ArrayList<>(
        List.of(cell.row().name(), cell.clientsText(), Integer.toString(cell.pipeline())));
  }

  private Optional<Medians> medians(
      ServerSpec server, Cell cell, ToDoubleFunction<Measurement> value) {
    List<Measurement> measured = results.of(server.name(), cell);
    return measured.isEmpty() ? Optional.empty() : Optional.of(Medians.of(measured, value));
  }

  private String median(
      ServerSpec server, Cell cell, ToDoubleFunction<Measurement> value, String format) {
    return medians(server, cell, value)
        .map(medians -> number(format, medians.median()))
        .orElse(MISSING);
  }

  /** The ratio of the medians; absent if either is, or if the baseline's is zero. */
  private String ratio(ServerSpec server, Cell cell, ToDoubleFunction<Measurement> value) {
    Optional<Medians> base = medians(plan.servers().get(0), cell, value);
    Optional<Medians> other = medians(server, cell, value);
    if (base.isEmpty() || other.isEmpty() || base.get().median() == 0) {
      return MISSING;
    }
    return number("%.2f", other.get().median() / base.get().median());
  }

  private static double megabytes(long bytes) {
    return bytes == 0 ? Double.NaN : bytes / (double) (1 << 20);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? MISSING : String.format(Locale.ROOT, format, value);
  }
}
