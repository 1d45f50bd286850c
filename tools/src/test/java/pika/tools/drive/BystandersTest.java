package pika.tools.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pika.net.client.Client;
import pika.tools.RedisServer;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BystandersTest {

  private static final int PAUSE_MS = 400;
  private static final int TRIES = 5;

  @TempDir
  private Path directory;

  @Test
  void aPauseCountsForEveryCommandThatItHoldsUp() throws Exception {
    try (RedisServer redis = RedisServer.start(directory);
        Client client = Client.connect("127.0.0.1", redis.port());
        Bystanders bystanders = Bystanders.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()))) {
      Histogram times = timesOfAPause(bystanders, client);
      // A thread of this process may have stalled as well, which counts as nobody's latency.
      for (int i = 1; i < TRIES && heldUp(times) <= PAUSE_MS / 2; i++) {
        times = timesOfAPause(bystanders, client);
      }

      assertThat(times.getMaxValue())
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS * 3 / 4));
      // Many more than there are connections, which alone could only account for twenty.
      assertThat(heldUp(times)).isGreaterThan(PAUSE_MS / 2);
    }
  }

  private static Histogram timesOfAPause(Bystanders bystanders, Client client) throws Exception {
    bystanders.take();
    client.call("CLIENT", "PAUSE", "" + PAUSE_MS, "ALL");
    client.call("PING");
    return bystanders.take();
  }

  /** How many commands were slow. */
  private static long heldUp(Histogram times) {
    long from = TimeUnit.MILLISECONDS.toNanos(PAUSE_MS / 8);
    return times.getMaxValue() < from ? 0 : times.getCountBetweenValues(from, times.getMaxValue());
  }
}
