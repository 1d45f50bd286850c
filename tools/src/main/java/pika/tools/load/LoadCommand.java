package pika.tools.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pika.net.client.Client;
import pika.tools.cli.ByteSize;
import pika.tools.cli.Endpoint;

/** Fills a running server with strings, through one pipelined connection. */
@Command(
    name = "load",
    description = "Fills a running server with string keys: the prefix and a number of 12 digits.",
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {

  enum Order {
    SEQUENTIAL,
    RANDOM
  }

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] SET = "SET".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PX = "PX".getBytes(StandardCharsets.US_ASCII);

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private Endpoint endpoint = new Endpoint();

  @Option(
      names = "--keys",
      paramLabel = "NUMBER",
      description = "How many SETs to send. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1000000")
  private long keys;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Length of each value; its bytes do not compress. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100",
      converter = ByteSize.Converter.class)
  private ByteSize size = new ByteSize(0);

  @Option(
      names = "--order",
      description =
          "Order of the key numbers: sequential, or random, which draws from the same range with"
              + " repetition. Default: ${DEFAULT-VALUE}.",
      paramLabel = "ORDER",
      defaultValue = "sequential")
  private Order order = Order.SEQUENTIAL;

  @Option(
      names = "--from",
      paramLabel = "NUMBER",
      description =
          "Number of the first key, to add to an earlier load. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private long from;

  @Option(
      names = "--ttl",
      paramLabel = "SECONDS",
      description = "Time to live of each key; 0 is none. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private long ttlSeconds;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "Prefix of each key. Default: ${DEFAULT-VALUE}.",
      defaultValue = "key:")
  private String prefix = "";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Seed of the data: the same seed, the same data. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Override
  public Integer call() {
    if (keys < 0 || from < 0 || ttlSeconds < 0 || size.bytes() > Integer.MAX_VALUE / 2) {
      throw new ParameterException(
          spec.commandLine(), "--keys, --from, --ttl and --size must be in their range");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Client client = endpoint.connect()) {
      load(client, out);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("load: " + e.getMessage());
      return 1;
    }
  }

  private void load(Client client, PrintWriter out) throws IOException {
    Loader loader = new Loader(client);
    Values values = new Values((int) size.bytes(), seed);
    LongUnaryOperator number = numbers();
    byte[] keyPrefix = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] ttlMs =
        Long.toString(TimeUnit.SECONDS.toMillis(ttlSeconds)).getBytes(StandardCharsets.US_ASCII);
    long begin = System.nanoTime();
    long reported = begin;
    for (long i = 0; i < keys; i++) {
      byte[] key = Loader.key(keyPrefix, number.applyAsLong(i));
      if (ttlSeconds > 0) {
        loader.send(SET, key, values.next(), PX, ttlMs);
      } else {
        loader.send(SET, key, values.next());
      }
      if (System.nanoTime() - reported > PROGRESS_NANOS) {
        reported = System.nanoTime();
        report(out, i + 1, begin);
      }
    }
    loader.finish();
    report(out, keys, begin);
  }

  private LongUnaryOperator numbers() {
    if (order == Order.SEQUENTIAL) {
      return i -> from + i;
    }
    SplittableRandom random = new SplittableRandom(seed);
    return i -> from + random.nextLong(keys);
  }

  private void report(PrintWriter out, long done, long beginNanos) {
    double seconds = Math.max(1e-9, (System.nanoTime() - beginNanos) / 1e9);
    double megabytes = (double) done * size.bytes() / (1 << 20);
    out.printf(
        Locale.ROOT,
        "%,d of %,d keys (%.0f %%), %.1f s, %,.0f keys/s, %,.1f MB/s%n",
        done,
        keys,
        keys == 0 ? 100.0 : 100.0 * done / keys,
        seconds,
        done / seconds,
        megabytes / seconds);
    out.flush();
  }
}
