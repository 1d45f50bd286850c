package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Replies have the shape that a script has chosen, whatever its client speaks. */
final class ScriptProtocolTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void scoresStandBetweenTheMembersUnlessAScriptWantsPairs(int spokenByClient) throws IOException {
    try (Wire client = connect(spokenByClient)) {
      client.ask("ZADD", "ranking", 1, "a", 2, "b");
      for (String range : new String[] {
        "'ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'",
        "'ZREVRANGEBYSCORE', KEYS[1], 'inf', 0, 'WITHSCORES'",
        "'ZUNION', 1, KEYS[1], 'WITHSCORES'",
        "'ZRANDMEMBER', KEYS[1], 2, 'WITHSCORES'",
        "'ZPOPMAX', KEYS[1], 2",
      }) {
        String shape = "local r = redis.call(" + range + ") return #r .. type(r[1])";

        assertThat(client.ask("EVAL", shape, 1, "ranking").text()).isEqualTo("4string");
        client.ask("ZADD", "ranking", 1, "a", 2, "b");
        assertThat(client.ask("EVAL", "redis.setresp(3) " + shape, 1, "ranking").text())
            .isEqualTo("2table");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void longRepliesAreNoException(int spokenByClient) throws IOException {
    try (Wire client = connect(spokenByClient)) {
      client.ask(
          "EVAL",
          "for i = 1, 3000 do redis.call('HSET', KEYS[1], i, i) end"
              + " for i = 1, 3000 do redis.call('ZADD', KEYS[2], i, i) end",
          2,
          "hash",
          "ranking");
      String all = "return #redis.call('HGETALL', KEYS[1])";
      String map = "redis.setresp(3) return redis.call('HGETALL', KEYS[1]).map['77']";
      String scores = "return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')[6000]";
      String pairs = "redis.setresp(3)"
          + " return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')[3000][2].double";

      assertThat(client.ask("EVAL", all, 1, "hash").asLong()).isEqualTo(6000);
      assertThat(client.ask("EVAL", map, 1, "hash").text()).isEqualTo("77");
      assertThat(client.ask("EVAL", scores, 1, "ranking").text()).isEqualTo("3000");
      assertThat(client.ask("EVAL", pairs, 1, "ranking").asLong()).isEqualTo(3000);
    }
  }

  private static Wire connect(int protocol) throws IOException {
    Wire client = server.connect();
    client.ask("HELLO", protocol);
    client.ask("FLUSHALL");
    return client;
  }
}
