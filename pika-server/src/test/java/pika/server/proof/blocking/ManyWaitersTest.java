package pika.server.proof.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;
import redis.clients.jedis.Jedis;

/** Thousands of clients that wait at once. */
final class ManyWaitersTest {
  private static final int CROWD = 10_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Every answer is as long as any other, so that a client knows when it has it all. */
  private static final int ANSWER_BYTES = "*2\r\n$1\r\nq\r\n$5\r\n12345\r\n".length();

  private static final int FIRST_ELEMENT = 10_000;

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void tenThousandWaitersAreAllServedAndTheOthersDoNotNotice() throws Exception {
    assumeEnoughFiles();
    ServerProcess server =
        servers.subject("--maxclients", "" + (CROWD + 100), "--tcp-backlog", "4096");
    List<SocketChannel> crowd = new ArrayList<>();
    try (Waiting waiting = new Waiting(server)) {
      for (int i = 0; i < CROWD; i++) {
        SocketChannel channel = SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        crowd.add(channel);
        channel.write(ByteBuffer.wrap(
            Notation.bytes(i % 2 == 0 ? "BLPOP q 0\r\n" : "BLPOP other q 3600.5\r\n")));
      }
      waiting.await(CROWD);
      assertThat(waiting.figure("clients_in_timeout_table")).isEqualTo(CROWD / 2);

      Wire operator = waiting.operator();
      for (int i = 0; i < CROWD; i += 100) {
        List<Object> push = new ArrayList<>(List.of("RPUSH", "q"));
        for (int j = i; j < i + 100; j++) {
          push.add(FIRST_ELEMENT + j);
        }
        assertThat(operator.ask(Command.of(push.toArray())).asLong()).isEqualTo(100);
      }
      boolean[] seen = new boolean[CROWD];
      for (SocketChannel channel : crowd) {
        int element = element(channel) - FIRST_ELEMENT;
        assertThat(seen[element]).isFalse();
        seen[element] = true;
      }
      assertThat(waiting.blocked()).isZero();
      assertThat(operator.ask("LLEN", "q")).isEqualTo(RawReply.integer(0));
    } finally {
      for (SocketChannel channel : crowd) {
        channel.close();
      }
    }
  }

  private static int element(SocketChannel channel) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    while (answer.hasRemaining()) {
      if (channel.read(answer) < 0) {
        throw new EOFException("closed instead of served");
      }
    }
    String text = Notation.text(answer.array());
    return Integer.parseInt(text.substring(ANSWER_BYTES - 7, ANSWER_BYTES - 2));
  }

  @Test
  void clientsThatVanishTakeNothingWithThem() throws Exception {
    ServerProcess server = servers.subject();
    int pushes = 4000;
    try (Waiting waiting = new Waiting(server)) {
      ExecutorService threads = Executors.newCachedThreadPool();
      try {
        List<Future<Integer>> takers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          long seed = i;
          takers.add(threads.submit(() -> takeAndVanish(server, seed)));
        }
        for (int i = 0; i < pushes; i++) {
          waiting.operator().ask("RPUSH", "q", i);
        }
        int taken = 0;
        for (Future<Integer> taker : takers) {
          taken += taker.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        // Whoever vanishes does so while it waits on an empty list of its own: it must not take
        // from q.
        long left = waiting.operator().ask("LLEN", "q").asLong();
        assertThat(taken + left).isEqualTo(pushes);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /**
   * Takes until nothing has come for a while; now and then gives up a wait by going, after which
   * nothing may be lost.
   */
  private static int takeAndVanish(ServerProcess server, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int taken = 0;
    while (true) {
      try (Wire client = server.connect()) {
        int tries = 1 + random.nextInt(40);
        for (int i = 0; i < tries; i++) {
          RawReply reply = client.ask("BLPOP", "nothing" + seed, "q", "1.5");
          if (reply.isNil()) {
            return taken;
          }
          taken++;
        }
        client.send(Command.of("BLPOP", "nothing" + seed, 0)).flush();
      }
    }
  }

  @Test
  void thousandsOfLettuceFuturesComplete() throws Exception {
    ServerProcess server = servers.subject();
    int count = 1500;
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
    try (Wire operator = server.connect()) {
      List<StatefulRedisConnection<String, String>> connections = new ArrayList<>();
      List<RedisFuture<KeyValue<String, String>>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        StatefulRedisConnection<String, String> connection = client.connect();
        connections.add(connection);
        futures.add(connection.async().blpop(60.0, "list:" + i % 10, "any"));
      }
      for (int i = 0; i < count; i++) {
        operator.ask("RPUSH", i % 3 == 0 ? "any" : "list:" + i % 10, i);
      }
      // Whoever waits for a list that got fewer elements than it has waiters gets its own from this
      // one.
      List<Object> rest = new ArrayList<>(List.of("RPUSH", "any"));
      for (int i = 0; i < count; i++) {
        rest.add("rest");
      }
      operator.ask(Command.of(rest.toArray()));
      for (RedisFuture<KeyValue<String, String>> future : futures) {
        assertThat(future.get(LIMIT.toSeconds(), TimeUnit.SECONDS).hasValue()).isTrue();
      }
      connections.forEach(StatefulRedisConnection::close);
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    }
  }

  @Test
  void jedisThreadsShareAQueueFairly() throws Exception {
    ServerProcess server = servers.subject();
    int workers = 64;
    int jobs = 3200;
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try (Wire operator = server.connect()) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        done.add(threads.submit(() -> work(server)));
      }
      for (int i = 0; i < jobs; i++) {
        operator.ask("LPUSH", "jobs", "job " + i);
      }
      Await.until("all is done", LIMIT, () -> operator.ask("LLEN", "jobs").asLong() == 0);
      for (int i = 0; i < workers; i++) {
        operator.ask("LPUSH", "jobs", "end");
      }
      int sum = 0;
      for (Future<Integer> worker : done) {
        int share = worker.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(share).isPositive();
        sum += share;
      }
      assertThat(sum).isEqualTo(jobs);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int work(ServerProcess server) {
    int done = 0;
    try (Jedis jedis = new Jedis("127.0.0.1", server.port(), (int) LIMIT.toMillis())) {
      while (!jedis.brpop(0, "jobs").get(1).equals("end")) {
        done++;
      }
    }
    return done;
  }

  private static void assumeEnoughFiles() {
    boolean enough =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > CROWD + 500;
    Assumptions.assumeTrue(enough, "too few file descriptors for " + CROWD + " connections");
  }
}
