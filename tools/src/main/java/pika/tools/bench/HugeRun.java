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
 * Runs huge commands one after the other on one connection, while {@link Bystanders} send small
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

  /** Receives the result of each command. */
  interface Notes {
    void measured(HugeMeasurement measurement);

    void refused(HugeCommand command, String why);
  }

  /** @throws BenchException if the server fails */
  void measure(ServerUnderTest server, int sizeBytes, int run, Notes notes)
      throws BenchException, InterruptedException {
    byte[] whole = incompressible(sizeBytes);
    byte[] part = incompressible(Math.max(1, sizeBytes / HugeCommand.PARTS));
    try (Client client = Client.connect(server.address(), PATIENT);
        Bystanders bystanders = Bystanders.open(server.address())) {
      Thread.sleep((long) (warmupSeconds * 1000));
      bystanders.take();
      Thread.sleep((long) (seconds * 1000));
      double quietP99Ms = ms(bystanders.take().getValueAtPercentile(99));
      for (HugeCommand command : HugeCommand.values()) {
        byte[][] words = command.of(whole, part);
        Tally tried = repeat(client, words, 1, warmupSeconds, new ArrayList<>());
        if (tried.errors() > 0) {
          notes.refused(command, "refused: " + tried.firstError());
          continue;
        }
        bystanders.take();
        List<Double> times = new ArrayList<>();
        repeat(client, words, LEAST_TIMES, seconds, times);
        Histogram others = bystanders.take();
        notes.measured(new HugeMeasurement(
            server.name(),
            command,
            sizeBytes,
            run,
            Medians.of(times, time -> time).median(),
            quietP99Ms,
            ms(others.getValueAtPercentile(99)),
            ms(others.getMaxValue())));
      }
      client.call(HugeCommand.deletion());
    } catch (IOException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Repeats a command at least this often and this long, but not after an error. */
  private static Tally repeat(
      Client client, byte[][] command, int atLeast, double seconds, List<Double> times)
      throws IOException {
    long begin = System.nanoTime();
    Tally tally;
    do {
      // Otherwise the list would grow with each repetition.
      client.call("DEL", "hugelist");
      CountedBatch batch = client.countedBatch();
      long sent = System.nanoTime();
      batch.add(command);
      tally = batch.finish();
      times.add(ms(System.nanoTime() - sent));
    } while (tally.errors() == 0
        && (times.size() < atLeast || (System.nanoTime() - begin) / 1e9 < seconds));
    return tally;
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
