package pika.tools.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;
import pika.tools.bench.Dataset.Size;
import pika.tools.cli.ByteSize;

/** The options that select what is measured: a preset, and overrides of its parts. */
final class MatrixOptions {

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "target: the loads that have a goal; full: every combination, which takes"
          + " hours. Default: ${DEFAULT-VALUE}.",
      defaultValue = "target")
  private Preset preset = Preset.TARGET;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      completionCandidates = RowNames.class,
      description = "Any of ${COMPLETION-CANDIDATES}. Default: the string commands.")
  private List<String> rows = List.of();

  @Option(
      names = "--huge",
      split = ",",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "Time SET, GET, DUMP, HMSET, MSET and LPUSH of these sizes, and the latency of"
          + " other clients' small commands meanwhile: 100kb,1mb,10mb,100mb. Instead of rows,"
          + " unless --rows is given.")
  private List<ByteSize> huge = List.of();

  @Option(
      names = "--large",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "Instead of rows: load this much data into one server (ours, unless --compare"
          + " names another), read and write it for --minutes with uniform access, for as long with"
          + " skewed access, and restart the server. Reports its memory and what it writes.")
  private ByteSize large = new ByteSize(0);

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      description = "With --large: length of each load. Default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private double minutes;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "Value sizes. Default: 100; full: 100,1kb,16kb.")
  private List<ByteSize> sizes = List.of();

  @Option(
      names = {"--clients", "--connections"},
      split = ",",
      paramLabel = "NUMBER",
      description = "Connections. Default: 50; full: 1,50,500.")
  private List<Integer> clients = List.of();

  @Option(
      names = "--active",
      paramLabel = "PERCENT",
      converter = Share.Converter.class,
      description = "How many of the connections have requests in flight at any time; they take"
          + " turns. Default: 100%%.")
  private Share active = Share.ALL;

  @Option(
      names = "--pipelines",
      split = ",",
      paramLabel = "DEPTH",
      description = "Requests in flight per connection. Default: those of each row's goal; full:"
          + " 1,16,128.")
  private List<Integer> pipelines = List.of();

  @Option(
      names = "--keyspace",
      split = ",",
      paramLabel = "SIZE",
      description = "memory: --keys keys, fewer if they would exceed half the budget; big: enough"
          + " keys for four times the budget. Default: memory; full: both.")
  private List<Size> keyspaces = List.of();

  @Option(
      names = "--keys",
      paramLabel = "NUMBER",
      description = "Number of keys of the memory keyspace. Default: ${DEFAULT-VALUE}.",
      defaultValue = "200000")
  private long keys;

  @Option(
      names = "--budget",
      paramLabel = "BYTES",
      description = "The value of {budget}. Default: ${DEFAULT-VALUE}.",
      converter = ByteSize.Converter.class,
      defaultValue = "1gb")
  private ByteSize budget = new ByteSize(0);

  long budgetBytes() {
    return budget.bytes();
  }

  /** The size of the data set of --large; 0 for none. */
  long largeBytes() {
    return large.bytes();
  }

  /** The length of each load on it. */
  double largeSeconds() {
    return minutes * 60;
  }

  /** Sizes of huge commands. */
  List<Integer> hugeBytes() {
    return huge.stream().map(size -> Math.toIntExact(size.bytes())).toList();
  }

  /** @throws IllegalArgumentException if a row is unknown or a number is out of range */
  Matrix matrix() {
    List<Row> otherwise = huge.isEmpty() ? Rows.STRINGS : List.of();
    List<Row> chosen =
        rows.isEmpty() ? otherwise : rows.stream().map(Rows::named).toList();
    List<Integer> connections = clients.isEmpty() ? preset.clients : clients;
    List<Integer> depths = pipelines.isEmpty() ? preset.pipelines : pipelines;
    if (connections.stream().anyMatch(n -> n < 1) || depths.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("--clients and --pipelines count from 1");
    }
    if (chosen.isEmpty()) {
      return new Matrix(List.of());
    }
    return Matrix.of(chosen, datasets(), connections, active, depths);
  }

  private List<Dataset> datasets() {
    List<Integer> valueBytes = sizes.isEmpty()
        ? preset.valueBytes
        : sizes.stream().map(size -> Math.toIntExact(size.bytes())).toList();
    List<Dataset> datasets = new ArrayList<>();
    for (Size size : keyspaces.isEmpty() ? preset.sizes : keyspaces) {
      for (int bytes : valueBytes) {
        datasets.add(Dataset.of(size, keys, bytes, budget.bytes()));
      }
    }
    return datasets;
  }

  /** For the help text. */
  static final class RowNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Rows.names().iterator();
    }
  }
}
