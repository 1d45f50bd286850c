package pika.tools.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pika.net.client.Client;
import pika.net.resp.IntegerReply;
import pika.net.resp.Reply;
import pika.tools.RedisServer;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DriveTest {

  private static final double SECONDS = 0.1;
  private static final int MOST_ROUNDS = 300;

  @TempDir
  private static Path directory;

  private static RedisServer redis;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    redis = RedisServer.start(directory);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (redis != null) {
      redis.close();
    }
  }

  @BeforeEach
  void empty() throws IOException {
    ask("FLUSHALL");
  }

  @Test
  void countsEveryOperationOnce() throws Exception {
    Load load = load(List.of(Operation.of(1, "INCR total", "INCR key:{n}")), 20, 20, 7);
    Outcome outcome;
    try (Drive drive = Drive.open(address(), load)) {
      drive.measure();
      drive.begin();
      awaitSum(drive, 5000, "total");
      outcome = drive.end();
    }
    long served = ((IntegerReply) ask("INCRBY", "total", "0")).value();

    // What was in flight at the end is answered but not counted.
    assertThat(outcome.operations()).isPositive().isBetween(served - 20 * 7, served);
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(outcome.operations());
    assertThat(outcome.seconds()).isGreaterThanOrEqualTo(SECONDS);
    assertThat(outcome.latencyMs(50)).isPositive().isLessThanOrEqualTo(outcome.latencyMs(100));
    assertThat(ask("DBSIZE")).isEqualTo(Reply.integer(101));
    assertThat(ask("EXISTS", "key:000000000000", "key:000000000099")).isEqualTo(Reply.integer(2));
  }

  @Test
  void theActiveConnectionsTakeTurns() throws Exception {
    Load load = load(List.of(Operation.of(1, "PING")), 50, 2, 1);
    try (Drive drive = Drive.open(address(), load)) {
      drive.begin();
      int pinging = 0;
      for (int i = 0; i < MOST_ROUNDS && pinging < 50; i++) {
        drive.await(SECONDS);
        pinging = ask("CLIENT", "LIST").toString().split("cmd=ping", -1).length - 1;
      }
      drive.end();
      assertThat(pinging).isEqualTo(50);
    }
  }

  @Test
  void operationsComeByTheirWeights() throws Exception {
    Load load =
        load(List.of(Operation.of(80, "INCR often"), Operation.of(20, "INCR seldom")), 1, 1, 100);
    try (Drive drive = Drive.open(address(), load)) {
      drive.begin();
      awaitSum(drive, 10_000, "often", "seldom");
      drive.end();
    }
    double often = ((IntegerReply) ask("INCRBY", "often", "0")).value();
    double seldom = ((IntegerReply) ask("INCRBY", "seldom", "0")).value();

    assertThat(seldom / (often + seldom)).isBetween(0.15, 0.25);
  }

  @Test
  void subscribersHearAndAreNotCounted() throws Exception {
    Load load = load(List.of(Operation.of(1, "PUBLISH news {data}")), 2, 2, 1);
    try (Drive drive = Drive.open(address(), load)) {
      drive.subscribe(address(), 30, "news");
      assertThat(ask("PUBSUB", "NUMSUB", "news"))
          .isEqualTo(Reply.array(Reply.bulk("news"), Reply.integer(30)));
      drive.measure();
      drive.begin();
      drive.await(SECONDS);
      Outcome outcome = drive.end();
      assertThat(outcome.latencies().getTotalCount()).isEqualTo(outcome.operations());
    }
  }

  @Test
  void aRefusalEndsIt() throws Exception {
    Load load = load(List.of(Operation.of(1, "NOSUCH command")), 2, 2, 1);
    try (Drive drive = Drive.open(address(), load)) {
      drive.begin();
      assertThatThrownBy(() -> drive.await(10))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("refused: ERR unknown command");
    }
  }

  /**
   * Runs the load until these counters add up to the target: on a busy machine, time alone is not
   * enough.
   */
  private static void awaitSum(Drive drive, long wanted, String... counters)
      throws IOException, InterruptedException {
    long sum = 0;
    for (int i = 0; i < MOST_ROUNDS && sum < wanted; i++) {
      drive.await(SECONDS);
      sum = 0;
      for (String counter : counters) {
        sum += ((IntegerReply) ask("INCRBY", counter, "0")).value();
      }
    }
  }

  private static Load load(List<Operation> operations, int connections, int active, int pipeline) {
    return new Load(operations, connections, active, pipeline, Numbers.below(100), 10);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port());
  }

  private static Reply ask(String... command) throws IOException {
    try (Client client = Client.connect("127.0.0.1", redis.port())) {
      return client.call(command);
    }
  }
}
