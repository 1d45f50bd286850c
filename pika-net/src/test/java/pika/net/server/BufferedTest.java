package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.net.resp.Reply;

@Timeout(60)
final class BufferedTest {
  private static final int KB = 1024;
  private static final int MB = KB * KB;

  @Test
  void whatOtherThreadsSeeOfBusyBuffersIsPossible() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Running running = Running.limited(options -> options.inFlight(4, 4L * MB));
        RawClient client = running.client()) {
      Connection connection = running.onlyConnection();
      CompletableFuture<Long> input = least(connection::queryBufferBytes, done);
      CompletableFuture<Long> output = least(connection::outputBufferBytes, done);
      byte[] value = new byte[300 * KB];
      for (int i = 0; i < 300; i++) {
        // Replies wait on the heap when there are several; requests always come in pieces.
        for (int j = 0; j < 3; j++) {
          client.send("ECHO".getBytes(StandardCharsets.US_ASCII), value);
        }
        for (int j = 0; j < 3; j++) {
          assertThat(client.receive()).isEqualTo(Reply.bulk(value));
        }
      }
      done.set(true);
      assertThat(input.get()).as("least input").isGreaterThanOrEqualTo(0);
      assertThat(output.get()).as("least output").isGreaterThanOrEqualTo(0);
    } finally {
      done.set(true);
    }
  }

  /** Returns the least value seen until then. */
  private static CompletableFuture<Long> least(LongSupplier value, AtomicBoolean until) {
    return CompletableFuture.supplyAsync(() -> {
      long least = Long.MAX_VALUE;
      while (!until.get()) {
        least = Math.min(least, value.getAsLong());
      }
      return least;
    });
  }

  @Test
  void anIncompleteRequestShows() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      Connection connection = running.onlyConnection();
      client.sendRaw("*2\r\n$4\r\nECHO\r\n$5\r\nab".getBytes(StandardCharsets.US_ASCII));
      client.flush();
      Running.await(() -> connection.queryBufferBytes() > 0);
      client.sendRaw("cde\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.receive()).isEqualTo(Reply.bulk("abcde"));
      Running.await(() -> connection.queryBufferBytes() == 0);
    }
  }
}
