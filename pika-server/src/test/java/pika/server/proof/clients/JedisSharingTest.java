package pika.server.proof.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Crew;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Jedis, where many threads share data: transactions, scripts, queues, cut connections. */
@Timeout(60)
final class JedisSharingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 8;

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;
  private static HostAndPort address;

  @BeforeAll
  static void start() {
    server = servers.subject();
    address = new HostAndPort("127.0.0.1", server.port());
  }

  @BeforeEach
  void empty() {
    try (JedisPooled jedis = new JedisPooled(address, PatientJedis.config().build())) {
      jedis.flushAll();
    }
  }

  @Test
  void pipelinesOfManyThreadsDoNotMix() throws Exception {
    try (JedisPooled jedis = pooled()) {
      Crew.of(THREADS, thread -> {
        for (int round = 0; round < 10; round++) {
          try (Pipeline pipeline = jedis.pipelined()) {
            Response<Long> last = pipeline.incrBy("of " + thread, 0);
            for (int i = 0; i < 100; i++) {
              pipeline.incr("of all");
              last = pipeline.incr("of " + thread);
            }
            pipeline.sync();
            assertThat(last.get()).isEqualTo((round + 1) * 100L);
          }
        }
      });

      assertThat(jedis.get("of all")).isEqualTo("" + THREADS * 1000);
    }
  }

  @Test
  void transactionsMoveMoneyWithoutLosingAny() throws Exception {
    try (JedisPooled jedis = pooled()) {
      jedis.mset("from", "100", "to", "0");
      Crew.of(4, thread -> {
        for (int done = 0; done < 25; ) {
          try (Jedis watching = new Jedis(address, PatientJedis.config().build());
              AbstractTransaction transaction = begun(watching)) {
            transaction.decr("from");
            transaction.incr("to");
            done += transaction.exec() == null ? 0 : 1;
          }
        }
      });

      assertThat(jedis.mget("from", "to")).containsExactly("0", "100");
    }
  }

  /** Reads what it watches, as one who decides by it would. */
  private static AbstractTransaction begun(Jedis jedis) {
    jedis.watch("from", "to");
    assertThat(Integer.parseInt(jedis.get("from"))).isPositive();
    return jedis.multi();
  }

  @Test
  void aWindowThatSlidesLetsExactlySoManyThrough() throws Exception {
    String window = """
        local now = redis.call('TIME')
        local micros = now[1] * 1000000 + now[2]
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', micros - ARGV[2] * 1000000)
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
        redis.call('ZADD', KEYS[1], micros, micros .. ':' .. redis.call('INCR', KEYS[2]))
        redis.call('EXPIRE', KEYS[1], ARGV[2])
        return 1
        """;
    AtomicInteger passed = new AtomicInteger();
    try (JedisPooled jedis = pooled()) {
      String sum = jedis.scriptLoad(window);
      Crew.of(THREADS, thread -> {
        for (int i = 0; i < 25; i++) {
          Object answer = jedis.evalsha(sum, List.of("window", "serial"), List.of("60", "1000"));
          passed.addAndGet(((Long) answer).intValue());
        }
      });

      assertThat(passed.get()).isEqualTo(60);
      assertThat(jedis.zcard("window")).isEqualTo(60);
    }
  }

  @Test
  void everyElementIsPoppedOnce() throws Exception {
    Set<String> popped = ConcurrentHashMap.newKeySet();
    try (JedisPooled jedis = pooled()) {
      Crew.of(THREADS, thread -> {
        if (thread == 0) {
          for (int i = 0; i < 210; i++) {
            jedis.rpush("queue " + i % 3, "element " + i);
          }
          return;
        }
        for (int i = 0; i < 30; i++) {
          popped.addAll(jedis.blpop(30, "queue 0", "queue 1", "queue 2").subList(1, 2));
        }
      });

      assertThat(popped).hasSize(210);
      assertThat(jedis.dbSize()).isZero();
    }
  }

  @Test
  void aListenerThatComesBackHearsAgain() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    JedisPubSub listener = new JedisPubSub() {
      @Override
      public void onMessage(String channel, String message) {
        heard.add(message);
        if (message.equals("end")) {
          unsubscribe();
        }
      }
    };
    Thread thread = new Thread(() -> listenUntilTheEnd(listener));
    thread.start();
    try (Jedis jedis = new Jedis(address, PatientJedis.config().build())) {
      Await.until("it listens", PATIENCE, () -> jedis.publish("news", "one") == 1);
      jedis.sendCommand(() -> "CLIENT".getBytes(US_ASCII), "KILL", "TYPE", "pubsub");
      Await.until("it is back", PATIENCE, () -> jedis.publish("news", "two") == 1);
      assertThat(jedis.publish("news", "end")).isEqualTo(1);
    }
    thread.join(PATIENCE.toMillis());

    assertThat(heard).containsExactly("one", "two", "end");
  }

  private static void listenUntilTheEnd(JedisPubSub listener) {
    boolean ended = false;
    while (!ended) {
      try (Jedis jedis = new Jedis(address, PatientJedis.config().build())) {
        jedis.subscribe(listener, "news");
        ended = true;
      } catch (JedisConnectionException cut) {
        ended = false;
      }
    }
  }

  private static JedisPooled pooled() {
    ConnectionPoolConfig many = new ConnectionPoolConfig();
    many.setMaxTotal(THREADS);
    return new JedisPooled(many, address, PatientJedis.config().build());
  }
}
