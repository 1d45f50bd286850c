package pika.server.proof.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
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

  @RegisterExtension
  final Servers servers = new Servers();

  /**
   * Independent of how fast the machine is: one loop serves all, and the last to have subscribed
   * asks for something as soon as the publisher has its answer. If the loop delivered a message in
   * one go, the message would always come first.
   */
  @Test
  void publishingToTenThousandHoldsUpNeitherThePublisherNorOthers() throws Exception {
    assumeEnoughFiles();
    ServerProcess server = servers.subject(
        "--thread-num", "1", "--maxclients", "" + (SUBSCRIBERS + 100), "--tcp-backlog", "4096");
    try (Crowd crowd = new Crowd(server.port(), SUBSCRIBERS, "news");
        Wire publisher = server.connect();
        Wire last = server.connect()) {
      long greetings = (long) SUBSCRIBERS * GREETING.length();
      Await.until(
          "all have subscribed", Duration.ofSeconds(60), () -> crowd.receivedBytes() == greetings);
      last.ask("HELLO", 3);
      last.ask("SUBSCRIBE", "news");

      int overtaken = 0;
      for (int i = 1; i <= MESSAGES; i++) {
        assertThat(publisher.ask("PUBLISH", "news", "hello").text())
            .isEqualTo("" + (SUBSCRIBERS + 1));
        List<Character> heard =
            List.of(last.ask("SET", "key", i).type(), last.receive().type());
        assertThat(heard).containsExactlyInAnyOrder('+', '>');
        if (heard.get(0) == '+') {
          overtaken++;
        }
        long expected = greetings + (long) i * SUBSCRIBERS * MESSAGE.length();
        Await.until(
            "all have heard message " + i,
            Duration.ofSeconds(60),
            () -> crowd.receivedBytes() == expected);
      }
      assertThat(overtaken)
          .as("messages that did not hold up their last hearer")
          .isPositive();
    }
  }

  private static void assumeEnoughFiles() {
    boolean enough =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > SUBSCRIBERS + 500;
    Assumptions.assumeTrue(enough, "too few file descriptors for so many subscribers");
  }
}
