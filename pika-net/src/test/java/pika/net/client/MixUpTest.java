package pika.net.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.net.client.CountedBatch.Tally;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.resp.Seeded;
import pika.net.server.Running;

/**
 * The mix-ups caused by one buffer for all threads: each is first shown on a client with such a
 * buffer, then shown not to happen with separate buffers.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MixUpTest {

  private static final int THREADS = 8;
  private static final int BATCH_BYTES = 512;

  private Running server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = Running.withDefaults();
    client = Client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
        ClientOptions.DEFAULT.batchBytes(BATCH_BYTES));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aCallAmidABatchGetsItsOwnReplyAndSendsNothingOfTheBatch() throws Exception {
    try (SharedBufferClient shared = new SharedBufferClient(server.port())) {
      shared.add("ECHO", "first of batch");
      assertThat(shared.call("ECHO", "call")).isEqualTo(Reply.bulk("first of batch"));
    }
    int before = server.received();

    Batch batch = client.batch();
    batch.add("ECHO", "first of batch");
    assertThat(client.call("ECHO", "call")).isEqualTo(Reply.bulk("call"));
    assertThat(server.received()).isEqualTo(before + 1);
    batch.add("ECHO", "second of batch");
    assertThat(batch.replies())
        .containsExactly(Reply.bulk("first of batch"), Reply.bulk("second of batch"));
  }

  @Test
  void batchesInTurnGetTheirOwnReplies() throws Exception {
    try (SharedBufferClient shared = new SharedBufferClient(server.port())) {
      shared.add("ECHO", "of one");
      shared.add("ECHO", "of the other");
      List<Reply> ofTheOther = shared.replies(1);
      assertThat(ofTheOther).containsExactly(Reply.bulk("of one"));
    }
    Batch one = client.batch();
    Batch other = client.batch();
    one.add("ECHO", "of one");
    other.add("ECHO", "of the other");
    one.add("ECHO", "of one, too");

    assertThat(other.replies()).containsExactly(Reply.bulk("of the other"));
    assertThat(one.replies()).containsExactly(Reply.bulk("of one"), Reply.bulk("of one, too"));
    assertThat(one.replies()).isEmpty();
  }

  @Test
  void aHugeCommandIsNotPartedByAnother() throws Exception {
    String huge = "x".repeat(3 << 20);
    try (SharedBufferClient shared = new SharedBufferClient(server.port())) {
      shared.addHeader('*', 2);
      shared.addArgumentHeader("ECHO");
      shared.addArgument("ECHO");
      shared.addArgumentHeader(huge);
      // Another thread, before the argument that did not fit the buffer is written.
      shared.add("ECHO", "small");
      shared.addArgument(huge);
      BulkReply reply = (BulkReply) shared.replies(1).get(0);
      assertThat(reply.text()).startsWith("*2\r\n$4\r\nECHO\r\n$5\r\nsmall\r\nxxx");
    }
    Batch batch = client.batch();
    batch.add("ECHO", "before");
    batch.add("ECHO", huge);
    assertThat(client.call("ECHO", "small")).isEqualTo(Reply.bulk("small"));
    batch.add("ECHO", "after");
    assertThat(client.call("ECHO", huge)).isEqualTo(Reply.bulk(huge));

    assertThat(batch.replies())
        .containsExactly(Reply.bulk("before"), Reply.bulk(huge), Reply.bulk("after"));
  }

  @Test
  void threadsDoAllOfItAtOnceOverOneConnection() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Seeded.check(3, random -> {
        List<Future<?>> ended = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          String name = "thread" + i + ":";
          Random own = new Random(random.nextLong());
          ended.add(threads.submit(() -> {
            converse(name, own);
            return null;
          }));
        }
        for (Future<?> thread : ended) {
          thread.get();
        }
        assertThat(client.outstandingCommands()).isZero();
      });
    } finally {
      threads.shutdownNow();
    }
  }

  /** Batches with calls in between, and now and then a command larger than any buffer. */
  private void converse(String name, Random random) throws Exception {
    Batch batch = client.batch();
    List<Reply> expected = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String text = text(name + i, random);
      switch (random.nextInt(12)) {
        case 0 -> assertThat(client.call("ECHO", text)).isEqualTo(Reply.bulk(text));
        case 1 -> {
          assertThat(batch.replies()).isEqualTo(expected);
          expected.clear();
        }
        case 2 -> batch.flush();
        case 3 -> count(random);
        default -> {
          batch.add(random.nextInt(4) == 0 ? "LATER" : "ECHO", text);
          expected.add(Reply.bulk(text));
        }
      }
    }
    assertThat(batch.replies()).isEqualTo(expected);
  }

  private void count(Random random) throws Exception {
    CountedBatch counted = client.countedBatch();
    int commands = random.nextInt(50);
    byte[][] command = Client.bytes("BLOB", "" + random.nextInt(3000));
    for (int i = 0; i < commands; i++) {
      counted.add(command);
    }
    Tally tally = counted.finish();
    assertThat(tally.replies()).isEqualTo(commands);
    assertThat(tally.errors()).isZero();
  }

  private static String text(String name, Random random) {
    int length = random.nextInt(60) == 0 ? random.nextInt(300_000) : random.nextInt(100);
    return name + "x".repeat(length);
  }
}
