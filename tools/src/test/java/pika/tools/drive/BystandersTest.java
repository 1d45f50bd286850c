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

  @TempDir
  private Path directory;

  @Test
  void aPauseCountsForEveryCommandThatItHoldsUp() throws Exception {
    try (RedisServer redis = RedisServer.start(directory);
        Client client = Client.connect("127.0.0.1", redis.port());
        Bystanders bystanders = Bystanders.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()))) {
      bystanders.take();
      client.call("CLIENT", "PAUSE", "" + PAUSE_MS, "ALL");
      client.call("PING");
      Histogram times = bystanders.take();

      // Many more than there are connections, which could only tell of twenty.
      assertThat(times.getTotalCount()).isGreaterThan(PAUSE_MS / 4);
      assertThat(times.getMaxValue())
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS * 3 / 4));
      assertThat(times.getValueAtPercentile(70))
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS / 8));
    }
  }
}
