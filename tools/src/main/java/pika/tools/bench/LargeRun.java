package pika.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.tools.drive.Drive;
import pika.tools.drive.Load;
import pika.tools.drive.Numbers;
import pika.tools.drive.Operation;
import pika.tools.drive.Outcome;
import pika.tools.load.Loader;
import pika.tools.load.Values;

/**
 * A data set larger than memory: loads it, reads and writes it for minutes, first with uniform and
 * then with skewed access, and restarts the server on it. Samples throughput, latency and the
 * server's memory every second.
 */
final class LargeRun {

  static final int VALUE_BYTES = 1000;
  static final int CONNECTIONS = 50;
  private static final int SET_PERCENT = 20;

  private static final List<Operation> MIXED = List.of(
      Operation.of(100 - SET_PERCENT, "GET key:{n}"),
      Operation.of(SET_PERCENT, "SET key:{n} " + Operation.DATA));

  private static final byte[] SET = "SET".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREFIX = "key:".getBytes(StandardCharsets.US_ASCII);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int SETTLE_MS = 5000;
  private static final long SEED = 1;

  private final Launcher launcher;
  private final Workspace workspace;
  private final PrintWriter progress;
  private final List<LargeSample> samples = new ArrayList<>();
  private final List<LargePhase> phases = new ArrayList<>();
  private long beganNanos;

  LargeRun(Launcher launcher, Workspace workspace, PrintWriter progress) {
    this.launcher = launcher;
    this.workspace = workspace;
    this.progress = progress;
  }

  /**
   * @param seconds the length of each load
   * @throws BenchException if the server does not start
   * @throws IOException if it fails later
   */
  LargeResults run(ServerSpec spec, Dataset dataset, long budgetBytes, double seconds)
      throws BenchException, IOException, InterruptedException {
    Path directory = workspace.emptyDirectory(spec.name());
    String version;
    beganNanos = System.nanoTime();
    try (ServerUnderTest server = launcher.start(spec, directory)) {
      version = server.version();
      load(server, dataset, directory);
      Numbers alike = Numbers.below(dataset.keys());
      drive(server, dataset, "all keys alike", alike, seconds, directory);
      Numbers favourites = Numbers.withFavouritesBelow(dataset.keys());
      drive(server, dataset, "90 % to 1 % of keys", favourites, seconds, directory);
    }
    try (ServerUnderTest server = launcher.start(spec, directory)) {
      Thread.sleep(SETTLE_MS);
      say("started again in %,.0f ms", server.startMs());
      return new LargeResults(
          dataset,
          budgetBytes,
          version,
          spec.command(),
          List.copyOf(phases),
          List.copyOf(samples),
          server.startMs(),
          server.stat().rssBytes());
    }
  }

  private void load(ServerUnderTest server, Dataset dataset, Path directory) throws IOException {
    String name = "loading";
    ProcStat before = server.stat();
    long began = System.nanoTime();
    try (Client client = Client.connect(server.address(), ClientOptions.DEFAULT)) {
      Loader loader = new Loader(client);
      Values values = new Values(dataset.valueBytes(), SEED);
      long sampledAt = began;
      long sampledKeys = 0;
      for (long key = 0; key < dataset.keys(); key++) {
        loader.send(SET, Loader.key(PREFIX, key), values.next());
        long now = System.nanoTime();
        if (now - sampledAt >= SECOND_NANOS) {
          double rate = (key - sampledKeys) * 1e9 / (now - sampledAt);
          sample(name, rate, Double.NaN, Double.NaN, server.stat());
          sampledAt = now;
          sampledKeys = key;
        }
      }
      loader.finish();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Outcome outcome = new Outcome(dataset.keys(), seconds, new Histogram(LONGEST_NANOS, 3));
    long given = dataset.keys() * dataset.bytesPerKey();
    end(name, outcome, 0, before, server.stat(), given, directory);
  }

  private void drive(
      ServerUnderTest server,
      Dataset dataset,
      String name,
      Numbers numbers,
      double seconds,
      Path directory)
      throws IOException, InterruptedException {
    Load load = new Load(MIXED, CONNECTIONS, CONNECTIONS, 1, numbers, dataset.valueBytes());
    Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    long operations = 0;
    double measured = 0;
    int silent = 0;
    ProcStat before = server.stat();
    try (Drive drive = Drive.open(server.address(), load)) {
      drive.measure();
      drive.begin();
      while (measured < seconds) {
        drive.await(Math.min(1, seconds));
        Outcome lap = drive.lap();
        latencies.add(lap.latencies());
        operations += lap.operations();
        measured += lap.seconds();
        silent += lap.operations() == 0 ? 1 : 0;
        double rate = lap.operationsPerSecond();
        sample(name, rate, lap.latencyMs(99), lap.latencyMs(100), server.stat());
      }
      drive.end();
    }
    Outcome outcome = new Outcome(operations, measured, latencies);
    long given = operations * SET_PERCENT / 100 * dataset.bytesPerKey();
    end(name, outcome, silent, before, server.stat(), given, directory);
  }

  private void sample(String phase, double rate, double p99Ms, double maxMs, ProcStat stat) {
    double at = (System.nanoTime() - beganNanos) / 1e9;
    samples.add(new LargeSample(phase, at, rate, p99Ms, maxMs, stat.rssBytes()));
    if (samples.size() % 10 == 0) {
      say("%s, %.0f s: %,.0f ops/s, %,d MB", phase, at, rate, stat.rssBytes() >> 20);
    }
  }

  private void end(
      String name,
      Outcome outcome,
      int silentSeconds,
      ProcStat before,
      ProcStat after,
      long givenBytes,
      Path directory)
      throws IOException {
    boolean timed = outcome.latencies().getTotalCount() > 0;
    LargePhase phase = new LargePhase(
        name,
        outcome.operationsPerSecond(),
        timed ? outcome.latencyMs(50) : Double.NaN,
        timed ? outcome.latencyMs(99) : Double.NaN,
        timed ? outcome.latencyMs(99.9) : Double.NaN,
        timed ? outcome.latencyMs(100) : Double.NaN,
        silentSeconds,
        (double) (after.cpuMicros() - before.cpuMicros()) / outcome.operations(),
        after.peakRssBytes(),
        after.writtenBytes() - before.writtenBytes(),
        givenBytes,
        size(directory));
    phases.add(phase);
    say("%s", phase);
  }

  /** The size of all files; compactions may delete some while they are counted. */
  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
          .sum();
    } catch (java.io.UncheckedIOException e) {
      throw new IOException("cannot list " + directory, e);
    }
  }

  private void say(String format, @Nullable Object... arguments) {
    progress.printf(Locale.ROOT, format + "%n", arguments);
    progress.flush();
  }
}
