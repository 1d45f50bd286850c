package pika.server.proof.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Ten thousand subscribers of one channel hear every message, and hold up nobody else. */
final class ManySubscribersTest {
  private static final int SUBSCRIBERS = 10_000;
  private static final int MESSAGES = 20;
  private static final String GREETING = "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n";
  private static final String MESSAGE = "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n";
  /** So that it fails where somebody is held up until the crowd has read, and not because a machine is slow. */
  private static final Duration QUICK = Duration.ofSeconds(10);

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void publishingToTenThousandHoldsUpNeitherThePublisherNorOthers() throws Exception {
    assumeEnoughFiles();
    ServerProcess server =
        servers.subject("--maxclients", "" + (SUBSCRIBERS + 100), "--tcp-backlog", "4096");
    try (Crowd crowd = new Crowd(server.port(), SUBSCRIBERS, "news");
        Wire publisher = server.connect();
        Wire other = server.connect()) {
      long greetings = (long) SUBSCRIBERS * GREETING.length();
      Await.until(
          "all have subscribed", Duration.ofSeconds(60), () -> crowd.receivedBytes() == greetings);

      long longestNanos = 0;
      for (int i = 1; i <= MESSAGES; i++) {
        long start = System.nanoTime();
        assertThat(publisher.ask("PUBLISH", "news", "hello").text()).isEqualTo("" + SUBSCRIBERS);
        long published = System.nanoTime();
        // While the message is under way.
        assertThat(other.ask("SET", "key", i).text()).isEqualTo("OK");
        longestNanos = Math.max(longestNanos, System.nanoTime() - published);
        longestNanos = Math.max(longestNanos, published - start);
        long expected = greetings + (long) i * SUBSCRIBERS * MESSAGE.length();
        Await.until(
            "all have heard message " + i,
            Duration.ofSeconds(60),
            () -> crowd.receivedBytes() == expected);
      }
      assertThat(Duration.ofNanos(longestNanos)).isLessThan(QUICK);
    }
  }

  private static void assumeEnoughFiles() {
    boolean enough =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > SUBSCRIBERS + 500;
    Assumptions.assumeTrue(enough, "too few file descriptors for so many subscribers");
  }
}
