package pika.tools.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.client.CountedBatch;
import pika.net.client.CountedBatch.Tally;
import pika.tools.drive.Bystanders;

/**
 * Huge commands, one after the other on one connection, while {@link Bystanders} go on with small
 * ones on theirs.
 */
final class HugeRun {

  private static final ClientOptions PATIENT =
      ClientOptions.DEFAULT.replyTimeoutMs(TimeUnit.MINUTES.toMillis(5));
  private static final int LEAST_TIMES = 3;

  private final double warmupSeconds;
  private final double seconds;

  HugeRun(double warmupSeconds, double seconds) {
    this.warmupSeconds = warmupSeconds;
    this.seconds = seconds;
  }

  /** @throws BenchException if the server refuses a command or fails */
  List<HugeMeasurement> measure(ServerUnderTest server, int sizeBytes, int run)
      throws BenchException, InterruptedException {
    byte[] whole = incompressible(sizeBytes);
    byte[] part = incompressible(Math.max(1, sizeBytes / HugeCommand.PARTS));
    List<HugeMeasurement> measured = new ArrayList<>();
    try (Client client = Client.connect(server.address(), PATIENT);
        Bystanders bystanders = Bystanders.open(server.address())) {
      Thread.sleep((long) (warmupSeconds * 1000));
      bystanders.take();
      Thread.sleep((long) (seconds * 1000));
      double quietP99Ms = ms(bystanders.take().getValueAtPercentile(99));
      for (HugeCommand command : HugeCommand.values()) {
        byte[][] words = command.of(whole, part);
        repeat(client, words, 1, warmupSeconds);
        bystanders.take();
        double median = Medians.of(repeat(client, words, LEAST_TIMES, seconds), time -> time)
            .median();
        Histogram others = bystanders.take();
        measured.add(new HugeMeasurement(
            server.name(),
            command,
            sizeBytes,
            run,
            median,
            quietP99Ms,
            ms(others.getValueAtPercentile(99)),
            ms(others.getMaxValue())));
      }
      client.call(HugeCommand.deletion());
      return measured;
    } catch (IOException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Runs a command at least so often and for so long; says how long each took. */
  private static List<Double> repeat(Client client, byte[][] command, int times, double seconds)
      throws IOException {
    List<Double> taken = new ArrayList<>();
    long begin = System.nanoTime();
    while (taken.size() < times || (System.nanoTime() - begin) / 1e9 < seconds) {
      // Lists would grow from one time to the next.
      client.call("DEL", "hugelist");
      CountedBatch batch = client.countedBatch();
      long sent = System.nanoTime();
      batch.add(command);
      Tally tally = batch.finish();
      taken.add(ms(System.nanoTime() - sent));
      if (tally.errors() > 0) {
        throw new IOException("refused: " + tally.firstError());
      }
    }
    return taken;
  }

  private static byte[] incompressible(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new SplittableRandom(sizeBytes).nextBytes(bytes);
    return bytes;
  }

  private static double ms(long nanos) {
    return nanos / 1e6;
  }
}
