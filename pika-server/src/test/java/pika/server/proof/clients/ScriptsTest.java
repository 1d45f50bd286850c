package pika.server.proof.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** Scripts as applications use them, and scripts that nobody should write. */
@Timeout(120)
final class ScriptsTest {
  private static final String LIMITER = """
      local count = redis.call('INCR', KEYS[1])
      if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
      return count <= tonumber(ARGV[1]) and 1 or 0
      """;

  private static final String UNLOCK = """
      if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
      return 0
      """;

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @Test
  void aReplyWithoutEndIsRefused() {
    try (JedisPooled jedis = connect()) {
      for (String code : List.of(
          "redis.call('SET', KEYS[1], 'x') local t = {} t[1] = t t[2] = t return t",
          "redis.call('SET', KEYS[1], 'x') local t = {} t.map = {[t] = t} return {t, t}",
          "redis.call('SET', KEYS[1], 'x') local s = string.rep('x', 1e6) local t = {} for i = 1, 1e5 do t[i] = s end return t",
          "redis.call('SET', KEYS[1], 'x') local s = string.rep('x', 1e6) local t = {} for i = 1, 1000 do t[i] = s end"
              + " return redis.call('RPUSH', 'endless-list', unpack(t))",
          "redis.call('SET', KEYS[1], 'x') local s = string.rep('x', 1e6) local t = {} for i = 1, 1000 do t[i] = s end"
              + " return redis.pcall('RPUSH', 'endless-list', unpack(t))")) {
        assertThatThrownBy(() -> jedis.eval(code, List.of("endless"), List.of()))
            .as(code)
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("OOM ");
        assertThat(jedis.exists("endless", "endless-list")).isZero();
      }
      Object reply = jedis.eval(
          "local t = {} for i = 1, 50000 do t[i] = i end return t", List.of(), List.of());
      assertThat((List<?>) reply).hasSize(50_000);
    }
  }

  @Test
  void aRateLimiterLetsExactlySoManyThrough() {
    try (JedisPooled jedis = connect()) {
      long allowed = IntStream.range(0, 500)
          .parallel()
          .filter(i ->
              jedis.eval(LIMITER, List.of("limit"), List.of("100", "60000")).equals(1L))
          .count();

      assertThat(allowed).isEqualTo(100);
      assertThat(jedis.pttl("limit")).isPositive();
    }
  }

  @Test
  void aLockIsGivenBackByItsOwnerOnly() {
    try (JedisPooled jedis = connect()) {
      IntStream.range(0, 200).parallel().forEach(i -> {
        String owner = UUID.randomUUID().toString();
        while (jedis.set("lock", owner, SetParams.setParams().nx().px(60_000)) == null) {
          Thread.onSpinWait();
        }
        jedis.set("guarded", "" + (Integer.parseInt(orZero(jedis.get("guarded"))) + 1));
        assertThat(jedis.eval(UNLOCK, List.of("lock"), List.of("somebody"))).isEqualTo(0L);
        assertThat(jedis.eval(UNLOCK, List.of("lock"), List.of(owner))).isEqualTo(1L);
      });

      assertThat(jedis.get("guarded")).isEqualTo("200");
    }
  }

  @Test
  void aScriptIsKilledAndWhatItWroteIsTakenBack() {
    try (JedisPooled jedis = connect();
        JedisPooled other = connect()) {
      CompletableFuture<Object> endless = CompletableFuture.supplyAsync(() -> jedis.eval(
          "redis.call('SET', KEYS[1], 'x') while true do pcall(redis.call, 'GET', KEYS[1]) end",
          List.of("killed"),
          List.of()));
      boolean killed = false;
      while (!killed) {
        try {
          killed = other.sendCommand(() -> "SCRIPT".getBytes(US_ASCII), "KILL") != null;
        } catch (JedisDataException notYet) {
          assertThat(notYet).hasMessageStartingWith("NOTBUSY");
        }
      }

      assertThatThrownBy(endless::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("Script killed by user");
      assertThat(other.get("killed")).isNull();
      assertThat(jedis.eval("return 7")).isEqualTo(7L);
    }
  }

  @Test
  void aScriptThatWantsAllMemoryIsEndedAndTheServerLives() {
    try (JedisPooled jedis = connect()) {
      for (String greedy : List.of(
          "local s = 'x' while true do s = s .. s end",
          "local t = {} while true do t[#t + 1] = {} end",
          "return string.rep('x', 1e10)")) {
        assertThatThrownBy(() -> jedis.eval(greedy)).hasMessageStartingWith("OOM");
        assertThat(jedis.eval("return 7")).isEqualTo(7L);
      }
    }
  }

  private static String orZero(@Nullable String number) {
    return number == null ? "0" : number;
  }

  private static JedisPooled connect() {
    return new JedisPooled(
        new HostAndPort("127.0.0.1", server.port()), PatientJedis.config().build());
  }
}
