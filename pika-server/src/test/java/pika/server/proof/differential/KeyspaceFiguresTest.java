package pika.server.proof.differential;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** INFO counts the same hits, misses and expired keys as Redis. */
final class KeyspaceFiguresTest {
  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void readsHitAndMissAndWritesDoNeither() throws IOException {
    assertSameFigures(
        "GET s",
        "SET s 1",
        "GET s",
        "MGET s t s",
        "SET s 2 GET",
        "SET t 2 GET",
        "GETSET u 1",
        "SETNX s 1",
        "INCR s",
        "INCR v",
        "APPEND s 1",
        "SETRANGE w 1 a",
        "SETBIT x 1 1",
        "GETBIT x 1",
        "BITOP NOT y s",
        "GETDEL y",
        "GETEX s PERSIST",
        "EXPIRE s 100",
        "TTL s",
        "EXISTS s nothing",
        "TOUCH s nothing",
        "RPUSH l a b c",
        "RPUSHX l a",
        "LPOP l",
        "LPOP nothing",
        "LMOVE l m LEFT LEFT",
        "LRANGE l 0 -1",
        "BLPOP nothing l 1",
        "HSET h f 1 g 2",
        "HINCRBY h f 1",
        "HGET h f",
        "HDEL h f",
        "SADD set a b",
        "SMOVE set other a",
        "SISMEMBER set a",
        "SUNIONSTORE set set nothing",
        "ZADD z 1 a 2 b",
        "ZINCRBY z 1 a",
        "ZSCORE z a",
        "ZPOPMIN z",
        "ZUNIONSTORE z 2 z nothing",
        "PFADD p a",
        "PFMERGE p q",
        "PFCOUNT p",
        "XADD x1 1-1 a b",
        "XGROUP CREATE x1 g 0",
        "XACK x1 g 1-1",
        "XLEN x1",
        "XTRIM x1 MAXLEN 0",
        "RENAME s s1",
        "COPY s1 s2",
        "MOVE s2 1",
        "DEL s1 nothing",
        "EVAL \"redis.call('incr', KEYS[1]) return redis.call('get', KEYS[1])\" 1 v");
  }

  @Test
  void whoeverMeetsAnExpiredKeyEndsIt() throws IOException {
    assertSameFigures(
        "DEBUG SET-ACTIVE-EXPIRE 0",
        "MSET k0 v k1 v k2 1 k3 v k4 v k5 v",
        "PEXPIRE k0 1",
        "PEXPIRE k1 1",
        "PEXPIRE k2 1",
        "PEXPIRE k3 1",
        "PEXPIRE k4 1",
        "PEXPIRE k5 1",
        "DEBUG SLEEP 0.01",
        "GET k0",
        "GET k0",
        "SET k1 w",
        "SET k1 x",
        "INCR k2",
        "RPUSH k3 a",
        "DEL k4",
        "MSET k5 w k5 x");
  }

  private void assertSameFigures(String... lines) throws IOException {
    try (Wire redis = servers.redis().connect();
        Wire ours = servers.subject().connect()) {
      for (String line : lines) {
        Command command = Command.of(Notation.words(line).toArray());
        redis.ask(command);
        ours.ask(command);
        assertThat(figures(ours)).as(line).isEqualTo(figures(redis));
      }
    }
  }

  private static String figures(Wire wire) throws IOException {
    return wire.ask("INFO", "stats")
        .text()
        .lines()
        .filter(line -> line.startsWith("keyspace_") || line.startsWith("expired_keys"))
        .collect(joining(" "));
  }
}
