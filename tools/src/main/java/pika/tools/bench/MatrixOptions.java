package pika.tools.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;
import pika.tools.bench.Dataset.Size;
import pika.tools.cli.ByteSize;

/** The options that say what is measured: a preset, and what replaces parts of it. */
final class MatrixOptions {

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "target: the loads for which goals are set; full: every"
          + " combination, which takes hours. Default: ${DEFAULT-VALUE}.",
      defaultValue = "target")
  private Preset preset = Preset.TARGET;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      completionCandidates = RowNames.class,
      description = "Which of ${COMPLETION-CANDIDATES}. Default: those of strings.")
  private List<String> rows = List.of();

  @Option(
      names = "--huge",
      split = ",",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "How long SET, GET, DUMP, HMSET, MSET and LPUSH of so many bytes take, and what"
          + " small commands of others bear meanwhile: 100kb,1mb,10mb,100mb. Instead of rows,"
          + " unless --rows names some.")
  private List<ByteSize> huge = List.of();

  @Option(
      names = "--large",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "Instead of rows: loads so many bytes into one server (ours, unless --compare"
          + " names another), reads and writes them for --minutes with all keys alike and for as long"
          + " with favourites, and starts the server again. Tells its memory and what it writes.")
  private ByteSize large = new ByteSize(0);

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      description = "With --large: how long each load lasts. Default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private double minutes;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description = "Lengths of values. Default: 100; full: 100,1kb,16kb.")
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
      description = "How many of the connections have requests under way at any time; all of them"
          + " have their turn. Default: 100%%.")
  private Share active = Share.ALL;

  @Option(
      names = "--pipelines",
      split = ",",
      paramLabel = "DEPTH",
      description = "Requests under way per connection. Default: those of each row's goal; full:"
          + " 1,16,128.")
  private List<Integer> pipelines = List.of();

  @Option(
      names = "--keyspace",
      split = ",",
      paramLabel = "SIZE",
      description = "memory: --keys keys, fewer if they would take more than half of the budget;"
          + " big: keys for four times the budget. Default: memory; full: both.")
  private List<Size> keyspaces = List.of();

  @Option(
      names = "--keys",
      paramLabel = "NUMBER",
      description = "Keys of a keyspace in memory. Default: ${DEFAULT-VALUE}.",
      defaultValue = "200000")
  private long keys;

  @Option(
      names = "--budget",
      paramLabel = "BYTES",
      description = "What {budget} tells a server about memory. Default: ${DEFAULT-VALUE}.",
      converter = ByteSize.Converter.class,
      defaultValue = "1gb")
  private ByteSize budget = new ByteSize(0);

  long budgetBytes() {
    return budget.bytes();
  }

  /** The size of a data set larger than memory, 0 for none. */
  long largeBytes() {
    return large.bytes();
  }

  /** How long each load on it lasts. */
  double largeSeconds() {
    return minutes * 60;
  }

  /** Sizes of huge commands. */
  List<Integer> hugeBytes() {
    return huge.stream().map(size -> Math.toIntExact(size.bytes())).toList();
  }

  /** @throws IllegalArgumentException if there is no such row, or a number makes no sense */
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
