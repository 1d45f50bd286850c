package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.LCSParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.LCSMatchResult;

/** Jedis: its pool, pipeline and binary values, in both protocols. */
final class JedisTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void poolServesManyThreads(RedisProtocol protocol) {
    try (JedisPooled jedis = connect(protocol)) {
      IntStream.range(0, 2000).parallel().forEach(i -> jedis.incr("hits"));

      assertThat(jedis.get("hits")).isEqualTo("2000");
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void pipelineAnswersInOrder(RedisProtocol protocol) {
    try (JedisPooled jedis = connect(protocol)) {
      List<Response<String>> answers = new ArrayList<>();
      try (Pipeline pipeline = jedis.pipelined()) {
        for (int i = 0; i < 5000; i++) {
          pipeline.set("key:" + i % 100, "value " + i);
          answers.add(pipeline.get("key:" + i % 100));
        }
        pipeline.sync();
      }
      for (int i = 0; i < 5000; i++) {
        assertThat(answers.get(i).get()).isEqualTo("value " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void keysAndValuesAreBinary(RedisProtocol protocol) {
    byte[] everyByte = new byte[256];
    IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
    try (JedisPooled jedis = connect(protocol)) {
      jedis.set(everyByte, everyByte);
      jedis.append(everyByte, everyByte);

      assertThat(jedis.getrange(everyByte, 256, -1)).isEqualTo(everyByte);
      assertThat(jedis.exists(everyByte)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void optionsReachTheServer(RedisProtocol protocol) {
    try (JedisPooled jedis = connect(protocol)) {
      assertThat(jedis.set("lock", "me", SetParams.setParams().nx().ex(100))).isEqualTo("OK");
      assertThat(jedis.set("lock", "you", SetParams.setParams().nx())).isNull();
      assertThat(jedis.setGet("lock", "you", SetParams.setParams().keepTtl())).isEqualTo("me");
      assertThat(jedis.ttl("lock")).isBetween(90L, 100L);
      assertThat(jedis.getEx("lock", GetExParams.getExParams().persist())).isEqualTo("you");
      assertThat(jedis.ttl("lock")).isEqualTo(-1);
      assertThat(jedis.bitfield("bits", "INCRBY", "u2", "#1", "3")).containsExactly(3L);
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void answersOfManyPartsAreUnderstood(RedisProtocol protocol) {
    try (JedisPooled jedis = connect(protocol)) {
      jedis.mset("a", "ohmytext", "b", "mynewtext");
      LCSMatchResult matches = jedis.lcs("a", "b", LCSParams.LCSParams().idx().withMatchLen());

      assertThat(matches.getLen()).isEqualTo(6);
      assertThat(matches.getMatches()).hasSize(2);
      assertThat(jedis.mget("a", "nosuch", "b")).containsExactly("ohmytext", null, "mynewtext");
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void scanFindsEveryKey(RedisProtocol protocol) {
    Set<String> expected = new TreeSet<>();
    Set<String> found = new TreeSet<>();
    try (JedisPooled jedis = connect(protocol)) {
      IntStream.range(0, 500).forEach(i -> expected.add("scan:" + i));
      expected.forEach(key -> jedis.set(key, ""));
      ScanIteration scan = jedis.scanIteration(20, "scan:*");
      while (!scan.isIterationCompleted()) {
        found.addAll(scan.nextBatch().getResult());
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void errorsKeepTheConnectionUsable(RedisProtocol protocol) {
    try (JedisPooled jedis = connect(protocol)) {
      jedis.set("word", "abc");

      assertThatThrownBy(() -> jedis.incr("word"))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("ERR value is not an integer or out of range");
      assertThat(jedis.get("word")).isEqualTo("abc");
    }
  }

  private static JedisPooled connect(RedisProtocol protocol) {
    JedisPooled jedis = new JedisPooled(
        new HostAndPort("127.0.0.1", server.port()),
        PatientJedis.config().protocol(protocol).clientName("jedis").build());
    jedis.flushAll();
    return jedis;
  }
}
