package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LcsArgs;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StringMatchResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.proof.Servers;

/** Lettuce: sync, async, and pipelined by hand, in both protocols. */
final class LettuceTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension
  static final Servers servers = new Servers();

  private static final RedisClient client = RedisClient.create();

  private static RedisURI address;

  @BeforeAll
  static void start() {
    address = RedisURI.create("127.0.0.1", servers.subject().port());
  }

  @AfterAll
  static void stop() {
    client.shutdown(Duration.ZERO, LIMIT);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void synchronousCommandsAnswer(ProtocolVersion protocol) {
    try (StatefulRedisConnection<String, String> connection = connect(protocol)) {
      RedisCommands<String, String> redis = connection.sync();

      assertThat(redis.set("key", "value", SetArgs.Builder.nx().px(100_000))).isEqualTo("OK");
      assertThat(redis.set("key", "other", SetArgs.Builder.nx())).isNull();
      assertThat(redis.setGet("key", "other")).isEqualTo("value");
      assertThat(redis.incrbyfloat("number", 1.5)).isEqualTo(1.5);
      assertThat(redis.mset(Map.of("a", "ohmytext", "b", "mynewtext"))).isEqualTo("OK");
      StringMatchResult matches = redis.lcs(LcsArgs.Builder.keys("a", "b").withIdx());
      assertThat(matches.getLen()).isEqualTo(6);
      assertThat(redis.clientGetname()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void asynchronousCommandsAnswerInOrder(ProtocolVersion protocol) throws Exception {
    try (StatefulRedisConnection<String, String> connection = connect(protocol)) {
      List<RedisFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        answers.add(connection.async().incr("counter"));
      }
      for (int i = 0; i < 5000; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void commandsHeldBackAreSentAsOnePipeline(ProtocolVersion protocol) throws Exception {
    try (StatefulRedisConnection<String, String> connection = connect(protocol)) {
      connection.setAutoFlushCommands(false);
      RedisAsyncCommands<String, String> redis = connection.async();
      List<RedisFuture<?>> answers = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        answers.add(redis.set("key:" + i, "value " + i));
        answers.add(redis.get("key:" + i));
      }
      connection.flushCommands();
      RedisFuture<?>[] all = answers.toArray(RedisFuture<?>[]::new);

      assertThat(LettuceFutures.awaitAll(LIMIT, all)).isTrue();
      for (int i = 0; i < 2000; i++) {
        assertThat(answers.get(2 * i + 1).get()).isEqualTo("value " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void scanIteratorFindsEveryKey(ProtocolVersion protocol) {
    try (StatefulRedisConnection<String, String> connection = connect(protocol)) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        keys.add("scan:" + i);
        connection.sync().set("scan:" + i, "");
      }

      assertThat(ScanIterator.scan(connection.sync(), ScanArgs.Builder.matches("scan:*")).stream())
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void errorsKeepTheConnectionUsable(ProtocolVersion protocol) {
    try (StatefulRedisConnection<String, String> connection = connect(protocol)) {
      RedisCommands<String, String> redis = connection.sync();
      redis.set("word", "abc");

      assertThatThrownBy(() -> redis.incr("word"))
          .isInstanceOf(RedisCommandExecutionException.class)
          .hasMessage("ERR value is not an integer or out of range");
      assertThat(redis.get("word")).isEqualTo("abc");
    }
  }

  private static StatefulRedisConnection<String, String> connect(ProtocolVersion protocol) {
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    StatefulRedisConnection<String, String> connection = client.connect(StringCodec.UTF8, address);
    connection.sync().flushall();
    return connection;
  }
}
