package pika.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.net.client.Batch;
import pika.net.client.Client;
import pika.net.resp.IntegerReply;
import pika.net.resp.Reply;
import pika.server.dispatch.Model;

/** A benchmarked model must give correct answers: a fast wrong one would win every comparison. */
final class ModelTest {
  private static final int CONNECTIONS = 8;
  private static final int ROUNDS = 40;
  private static final int LARGEST_PIPELINE = 300;
  private static final int LIMIT_SECONDS = 60;
  private static final String SHARED = "shared:counter";

  @TempDir
  private Path directory;

  @ParameterizedTest
  @EnumSource(Model.class)
  void answersMixedPipelinesOfSeveralConnectionsRightAndInOrder(Model model) throws Exception {
    Path socket = directory.resolve("s");
    List<String> settings = List.of(
        "--port",
        "0",
        "--unixsocket",
        socket.toString(),
        "--db-path",
        directory.resolve("data") + "");
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try (PikaServer server = ModelServer.start(model, settings)) {
      List<Future<Long>> counted = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        counted.add(clients.submit(new Conversation(socket, i)));
      }
      long sum = 0;
      for (Future<Long> client : counted) {
        sum += client.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      try (Client client = Client.connect(socket)) {
        assertThat(client.call("GET", SHARED)).isEqualTo(Reply.bulk(Long.toString(sum)));
      }
    } finally {
      clients.shutdownNow();
    }
  }

  /**
   * Sends pipelines of random length, whose replies it can predict except for the shared counter's.
   */
  private static final class Conversation implements Callable<Long> {
    private final Path socket;
    private final String name;
    private final SplittableRandom random;
    private final List<Reply> expected = new ArrayList<>();
    private long own;
    private String register = "none";
    private long sharedIncrements;
    private long sharedSeen;

    Conversation(Path socket, int number) {
      this.socket = socket;
      this.name = "client" + number;
      this.random = new SplittableRandom(number);
    }

    /** Returns how often it has incremented the shared counter. */
    @Override
    public Long call() throws IOException {
      try (Client client = Client.connect(socket)) {
        assertThat(client.call("SET", name + ":register", register)).isEqualTo(Reply.OK);
        Batch pipeline = client.batch();
        for (int round = 0; round < ROUNDS; round++) {
          int length = 1 + random.nextInt(LARGEST_PIPELINE);
          for (int i = 0; i < length; i++) {
            addNext(pipeline);
          }
          List<Reply> replies = pipeline.replies();
          assertThat(replies).hasSameSizeAs(expected);
          for (int i = 0; i < length; i++) {
            check(expected.get(i), replies.get(i));
          }
          expected.clear();
        }
      }
      return sharedIncrements;
    }

    private void addNext(Batch pipeline) throws IOException {
      switch (random.nextInt(6)) {
        case 0 -> {
          pipeline.add("INCR", name + ":counter");
          expected.add(Reply.integer(++own));
        }
        case 1 -> {
          register = name + random.nextInt();
          pipeline.add("SET", name + ":register", register);
          expected.add(Reply.OK);
        }
        case 2, 3 -> {
          pipeline.add("GET", name + ":register");
          expected.add(Reply.bulk(register));
        }
        case 4 -> {
          pipeline.add("INCRBY", name + ":counter", "x");
          expected.add(Reply.error("ERR value is not an integer or out of range"));
        }
        default -> {
          pipeline.add("INCR", SHARED);
          sharedIncrements++;
          expected.add(Reply.NONE);
        }
      }
    }

    /** Checks a reply; the shared counter may only grow. */
    private void check(Reply wanted, Reply got) {
      if (wanted != Reply.NONE) {
        assertThat(got).isEqualTo(wanted);
        return;
      }
      assertThat(got).isInstanceOf(IntegerReply.class);
      long value = ((IntegerReply) got).value();
      assertThat(value).isGreaterThan(sharedSeen);
      sharedSeen = value;
    }
  }
}
