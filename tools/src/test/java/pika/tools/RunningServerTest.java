package pika.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.net.client.Client;
import pika.net.resp.Reply;

/** Runs load and admin against a real redis-server. */
class RunningServerTest {

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
    try (Client client = Client.connect("127.0.0.1", redis.port())) {
      client.call("FLUSHALL");
    }
  }

  @Test
  void loadsKeysInSequence() throws IOException {
    Tool tool = tool("load", "--keys", "2500", "--size", "10", "--from", "100");

    assertThat(tool.exitCode()).isZero();
    assertThat(tool.out()).contains("2,500 of 2,500 keys (100 %)");
    assertThat(ask("DBSIZE")).isEqualTo(Reply.integer(2500));
    assertThat(ask("STRLEN", "key:000000000100")).isEqualTo(Reply.integer(10));
    assertThat(ask("EXISTS", "key:000000002599", "key:000000002600")).isEqualTo(Reply.ONE);
    assertThat(ask("TTL", "key:000000000100")).isEqualTo(Reply.integer(-1));
  }

  @Test
  void loadsRandomKeysThatExpire() throws IOException {
    tool("load", "--keys", "100", "--order", "random", "--ttl", "1000", "--prefix", "p");

    assertThat(tool("admin", "dbsize").out().strip()).matches("[5-9]\\d");
    assertThat(ask("EVAL", "return redis.call('TTL', redis.call('RANDOMKEY'))", "0"))
        .isEqualTo(Reply.integer(1000));
  }

  @Test
  void loadStopsAtTheFirstRefusal() throws IOException {
    ask("CONFIG", "SET", "maxmemory", "1");
    Tool tool = tool("load", "--keys", "10");
    ask("CONFIG", "SET", "maxmemory", "0");

    assertThat(tool.exitCode()).isEqualTo(1);
    assertThat(tool.err()).startsWith("load: refused: OOM");
  }

  @Test
  void countsKeys() {
    tool("load", "--keys", "3000", "--size", "1");
    tool("load", "--keys", "20", "--size", "1", "--prefix", "other:");

    assertThat(tool("admin", "scan-count").out()).isEqualTo("3020\n");
    assertThat(tool("admin", "scan-count", "--match", "other:*").out()).isEqualTo("20\n");
    assertThat(tool("admin", "scan-count", "--type", "hash").out()).isEqualTo("0\n");
  }

  @Test
  void asksAndSets() {
    assertThat(tool("admin", "ping").out()).startsWith("PONG in ");
    assertThat(tool("admin", "info", "server").out()).contains("redis_version:");
    assertThat(tool("admin", "config-set", "maxclients", "1234").out()).isEqualTo("OK\n");
    assertThat(tool("admin", "config-get", "maxclie*", "appendonly").out().lines())
        .containsExactlyInAnyOrder("maxclients 1234", "appendonly no");
  }

  @Test
  void waitsForASnapshot() {
    Tool tool = tool("admin", "bgsave", "--wait");

    assertThat(tool.out()).isEqualTo("Background saving started\ndone\n");
    assertThat(directory.resolve("dump.rdb")).exists();
  }

  @Test
  void anErrorOfTheServerEndsWithOne() {
    assertThat(tool("admin", "compact"))
        .isEqualTo(
            new Tool(1, "", "admin: ERR unknown command 'COMPACT', with args beginning with: \n"));
    assertThat(tool("admin", "dbsize", "-n", "99"))
        .isEqualTo(new Tool(1, "", "admin: ERR DB index is out of range\n"));
  }

  private static Reply ask(String... command) throws IOException {
    try (Client client = Client.connect("127.0.0.1", redis.port())) {
      return client.call(command);
    }
  }

  private static Tool tool(String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    words.addAll(List.of("-p", Integer.toString(redis.port())));
    return Tool.run(words.toArray(String[]::new));
  }
}
