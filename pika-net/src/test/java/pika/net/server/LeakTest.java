package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import pika.net.resp.Seeded;

/** Every buffer is released, however a connection ends, as checked by Netty's leak detector. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LeakTest {

  private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
  private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

  @BeforeEach
  void watchEveryBuffer() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    leaks.start();
    detector.addAppender(leaks);
  }

  @AfterEach
  void watchNoMore() {
    detector.detachAppender(leaks);
    ResourceLeakDetector.setLevel(level);
  }

  @Test
  void leaksNoBufferHoweverConnectionsEnd() throws Exception {
    try (Running running = Running.withDefaults()) {
      Seeded.check(30, random -> {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
          byte[] noise = new byte[random.nextInt(100_000)];
          random.nextBytes(noise);
          socket.getOutputStream().write(noise);
          socket.setSoLinger(true, 0);
        }
        try (RawClient client = running.client()) {
          client.send("BLOB", "" + random.nextInt(20_000_000));
          client.send("LATER", "x");
          client.flush();
          if (random.nextBoolean()) {
            client.receive();
          }
        }
      });
      Running.await(() -> running.server.connectionCount() == 0);
    }
    // A leak is detected when its buffer is collected, and reported at the next allocation.
    for (int i = 0; i < 5; i++) {
      System.gc();
      ByteBufAllocator.DEFAULT.directBuffer(100).release();
    }
    assertThat(leaks.list).isEmpty();
  }
}
