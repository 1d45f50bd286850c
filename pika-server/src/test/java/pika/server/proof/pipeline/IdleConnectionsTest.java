package pika.server.proof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Notation;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Ten thousand connections that say nothing cost the others nothing. */
final class IdleConnectionsTest {
  private static final int IDLE = 10_000;
  private static final int ROUND_TRIPS = 2000;
  private static final int MEDIANS = 5;
  private static final Duration SLACK = Duration.ofMillis(1);

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void tenThousandIdleConnectionsDoNotHurtTheOneThatWorks() throws Exception {
    assumeEnoughFiles();
    ServerProcess server =
        servers.subject("--maxclients", "" + (IDLE + 100), "--tcp-backlog", "4096");
    List<SocketChannel> idle = new ArrayList<>();
    try (Wire wire = server.connect()) {
      medianRoundTrip(wire);
      Duration alone = leastMedian(wire, Duration.ZERO);
      for (int i = 0; i < IDLE; i++) {
        idle.add(SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
      }
      Await.until(
          "all are connected",
          Duration.ofSeconds(20),
          () -> wire.figure("clients", "connected_clients") == IDLE + 1);

      Duration bound = alone.multipliedBy(3).plus(SLACK);
      assertThat(leastMedian(wire, bound)).isLessThan(bound);
      for (int i = 0; i < IDLE; i += 97) {
        assertThat(ping(idle.get(i))).isEqualTo("+PONG\r\n");
      }
      close(idle);
      Await.until(
          "all are gone",
          Duration.ofSeconds(20),
          () -> wire.figure("clients", "connected_clients") == 1);
    } finally {
      close(idle);
    }
  }

  /**
   * Of several, up to one below {@code enough}: other processes take their time now and then, idle
   * connections would always.
   */
  private static Duration leastMedian(Wire wire, Duration enough) throws IOException {
    Duration least = medianRoundTrip(wire);
    for (int i = 1; i < MEDIANS && least.compareTo(enough) >= 0; i++) {
      Duration next = medianRoundTrip(wire);
      least = next.compareTo(least) < 0 ? next : least;
    }
    return least;
  }

  private static Duration medianRoundTrip(Wire wire) throws IOException {
    long[] nanos = new long[ROUND_TRIPS];
    for (int i = 0; i < ROUND_TRIPS; i++) {
      long start = System.nanoTime();
      assertThat(wire.ask("SET", "key", i)).hasToString("+OK");
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[ROUND_TRIPS / 2]);
  }

  private static String ping(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(Notation.bytes("PING\r\n")));
    ByteBuffer reply = ByteBuffer.allocate(7);
    while (reply.hasRemaining() && channel.read(reply) >= 0) {}
    return Notation.text(reply.array());
  }

  private static void close(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  private static void assumeEnoughFiles() {
    boolean enough =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > IDLE + 500;
    Assumptions.assumeTrue(enough, "too few file descriptors for " + IDLE + " connections");
  }
}
