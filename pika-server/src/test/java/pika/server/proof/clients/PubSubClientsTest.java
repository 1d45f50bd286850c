package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.proof.Await;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Subscribers of Jedis and Lettuce, also when they lose their connection. */
final class PubSubClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void lettuceSubscribesAnewWhenItsConnectionIsKilled(ProtocolVersion protocol) throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    String channel = "news:" + protocol;
    try (StatefulRedisPubSubConnection<String, String> listener = client.connectPubSub();
        Wire operator = server.connect()) {
      listener.addListener(new RedisPubSubAdapter<>() {
        @Override
        public void message(String from, String message) {
          heard.add(from + "=" + message);
        }

        @Override
        public void message(String pattern, String from, String message) {
          heard.add(pattern + "/" + from + "=" + message);
        }
      });
      listener.sync().subscribe(channel);
      listener.sync().psubscribe("news:*");
      assertThat(operator.ask("PUBLISH", channel, "one").asLong()).isEqualTo(2);
      Await.until("both are heard", PATIENCE, () -> heard.size() == 2);
      assertThat(heard).containsExactly(channel + "=one", "news:*/" + channel + "=one");

      operator.ask("CLIENT", "KILL", "TYPE", "pubsub");
      Await.until(
          "it is back", PATIENCE, () -> operator.ask("PUBLISH", channel, "two").asLong() == 2);
      Await.until("it hears again", PATIENCE, () -> heard.contains("news:*/" + channel + "=two"));
    } finally {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    }
  }

  private static Jedis jedis() {
    return new Jedis(
        new HostAndPort("127.0.0.1", server.port()), PatientJedis.config().build());
  }

  @Test
  void jedisListensUntilItUnsubscribes() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    CountDownLatch ready = new CountDownLatch(2);
    JedisPubSub listener = new JedisPubSub() {
      @Override
      public void onMessage(String channel, String message) {
        heard.add(message);
        if (message.equals("end")) {
          unsubscribe();
        }
      }

      @Override
      public void onSubscribe(String channel, int count) {
        ready.countDown();
      }
    };
    Thread thread = new Thread(() -> {
      try (Jedis jedis = jedis()) {
        jedis.subscribe(listener, "a", "b");
      }
    });
    thread.start();
    assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
    try (Jedis jedis = jedis()) {
      for (String message : List.of("one", "two", "end")) {
        assertThat(jedis.publish("b", message)).isEqualTo(1);
      }
    }
    thread.join(PATIENCE.toMillis());

    assertThat(thread.isAlive()).isFalse();
    assertThat(heard).containsExactly("one", "two", "end");
  }
}
