package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Crew;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import reactor.core.publisher.Flux;

/** Lettuce, where several connections share data: transactions, caches, streams, restarts. */
@Timeout(60)
final class LettuceSharingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension
  static final Servers servers = new Servers();

  private static final RedisClient client = RedisClient.create();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @AfterAll
  static void stop() {
    client.shutdown(Duration.ZERO, PATIENCE);
  }

  @BeforeEach
  void empty() {
    try (StatefulRedisConnection<String, String> connection = connect()) {
      connection.sync().flushall();
    }
  }

  @Test
  void aTransactionIsGivenUpWhenAWatchedKeyChanges() {
    try (StatefulRedisConnection<String, String> mine = connect();
        StatefulRedisConnection<String, String> theirs = connect()) {
      mine.sync().watch("balance");
      theirs.sync().set("balance", "7");
      mine.sync().multi();
      mine.sync().set("balance", "1");
      assertThat(mine.sync().exec().wasDiscarded()).isTrue();

      mine.sync().watch("balance");
      mine.sync().multi();
      mine.sync().incr("balance");
      TransactionResult result = mine.sync().exec();
      assertThat(result.wasDiscarded()).isFalse();
      assertThat(result.<Long>get(0)).isEqualTo(8);
    }
  }

  @Test
  void watchedTransactionsLoseNoUpdate() throws Exception {
    Crew.of(4, thread -> {
      try (StatefulRedisConnection<String, String> connection = connect()) {
        RedisCommands<String, String> redis = connection.sync();
        for (int done = 0; done < 50; ) {
          redis.watch("counter");
          String before = redis.get("counter");
          redis.multi();
          redis.set("counter", "" + (before == null ? 1 : Integer.parseInt(before) + 1));
          done += redis.exec().wasDiscarded() ? 0 : 1;
        }
      }
    });

    try (StatefulRedisConnection<String, String> connection = connect()) {
      assertThat(connection.sync().get("counter")).isEqualTo("200");
    }
  }

  @Test
  void aCacheInTheClientSeesTheOthersUpdates() throws Exception {
    Map<String, String> copies = new ConcurrentHashMap<>();
    try (StatefulRedisConnection<String, String> mine = connect();
        StatefulRedisConnection<String, String> theirs = connect();
        CacheFrontend<String, String> cache = ClientSideCaching.enable(
            CacheAccessor.forMap(copies), mine, TrackingArgs.Builder.enabled())) {
      theirs.sync().set("city", "Ulm");
      assertThat(cache.get("city")).isEqualTo("Ulm");
      assertThat(copies).containsEntry("city", "Ulm");

      theirs.sync().set("city", "Bonn");
      Await.until("it is told", PATIENCE, () -> copies.isEmpty());
      assertThat(cache.get("city")).isEqualTo("Bonn");
      theirs.sync().del("city");
      Await.until("it is told", PATIENCE, () -> copies.isEmpty());
      assertThat(cache.get("city")).isNull();
    }
  }

  @Test
  @SuppressWarnings("unchecked") // An array of typed offsets, which the client reads only.
  void aGroupHandsOutEveryEntryOnce() throws Exception {
    try (StatefulRedisConnection<String, String> connection = connect()) {
      connection
          .sync()
          .xgroupCreate(
              StreamOffset.from("events", "0"), "group", XGroupCreateArgs.Builder.mkstream());
    }
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger handedOut = new AtomicInteger();
    Crew.of(4, thread -> {
      try (StatefulRedisConnection<String, String> connection = connect()) {
        RedisCommands<String, String> redis = connection.sync();
        for (int i = 0; i < 50; i++) {
          redis.xadd("events", "number", "" + i);
        }
        while (handedOut.get() < 200) {
          List<StreamMessage<String, String>> messages = redis.xreadgroup(
              Consumer.from("group", "consumer " + thread),
              XReadArgs.Builder.count(9).block(20),
              StreamOffset.lastConsumed("events"));
          messages.forEach(message -> seen.add(message.getId()));
          handedOut.addAndGet(messages.size());
          messages.forEach(message -> redis.xack("events", "group", message.getId()));
        }
      }
    });

    assertThat(seen).hasSize(200);
    try (StatefulRedisConnection<String, String> connection = connect()) {
      assertThat(connection.sync().xpending("events", "group").getCount()).isZero();
    }
  }

  @Test
  void reactiveCommandsArePipelined() {
    try (StatefulRedisConnection<String, String> connection = connect()) {
      // All at once: of a window Lettuce would send what follows from its own thread, past what
      // this one has just handed over.
      List<Long> answers = Flux.range(0, 3000)
          .flatMapSequential(i -> connection.reactive().incr("counter"), 3000)
          .collectList()
          .block(PATIENCE);

      assertThat(answers).hasSize(3000).isSorted().endsWith(3000L);
    }
  }

  @Test
  void aBucketOfTokensIsFilledByTime() {
    String take = """
        local now = redis.call('TIME')
        local ms = now[1] * 1000 + math.floor(now[2] / 1000)
        local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local size, perMs = tonumber(ARGV[1]), tonumber(ARGV[2])
        local tokens = math.min(size, (bucket[1] or size) + (ms - (bucket[2] or ms)) * perMs)
        local taken = tokens >= 1
        redis.call('HSET', KEYS[1], 'tokens', taken and tokens - 1 or tokens, 'at', ms)
        redis.call('PEXPIRE', KEYS[1], 60000)
        return taken
        """;
    try (StatefulRedisConnection<String, String> connection = connect()) {
      String sum = connection.sync().scriptLoad(take);
      int taken = 0;
      for (int i = 0; i < 30; i++) {
        boolean got = connection
            .sync()
            .evalsha(sum, ScriptOutputType.BOOLEAN, new String[] {"bucket"}, "20", "0.000001");
        taken += got ? 1 : 0;
      }

      assertThat(taken).isEqualTo(20);
    }
  }

  @Test
  void subscribersAreBackAfterARestart() throws Exception {
    ServerProcess restarted = servers.subject();
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    RedisURI address = RedisURI.create("127.0.0.1", restarted.port());
    try (StatefulRedisPubSubConnection<String, String> listener = client.connectPubSub(address);
        StatefulRedisConnection<String, String> speaker = client.connect(address)) {
      listener.addListener(new RedisPubSubAdapter<>() {
        @Override
        public void message(String channel, String message) {
          heard.add(message);
        }
      });
      listener.sync().subscribe("news");
      speaker.sync().set("kept", "value");
      restarted.terminate();
      restarted.startAgain();

      Await.until("it is back", PATIENCE, () -> speaker.sync().publish("news", "again") == 1);
      Await.until("it hears", PATIENCE, () -> heard.contains("again"));
      assertThat(speaker.sync().get("kept")).isEqualTo("value");
    }
  }

  private static StatefulRedisConnection<String, String> connect() {
    return client.connect(RedisURI.create("127.0.0.1", server.port()));
  }
}
