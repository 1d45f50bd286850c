package pika.server.proof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Keys move from Redis to us and from us to Redis, and both say the same of it. */
final class MigrateTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess redisServer;
  private static ServerProcess ourServer;

  private Wire redis;
  private Wire ours;

  /** What both servers do the same way, one after the other, to the other one. */
  @FunctionalInterface
  private interface Scene {
    void play(Wire from, Wire to, int port) throws IOException;
  }

  @BeforeAll
  static void start() {
    redisServer = servers.redis();
    ourServer = servers.subject();
  }

  @BeforeEach
  void connect() throws IOException {
    redis = redisServer.connect();
    ours = ourServer.connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    redis.close();
    ours.close();
  }

  private void bothWays(Scene scene) throws IOException {
    for (boolean fromUs : new boolean[] {false, true}) {
      redis.ask("FLUSHALL");
      ours.ask("FLUSHALL");
      if (fromUs) {
        scene.play(ours, redis, redisServer.port());
      } else {
        scene.play(redis, ours, ourServer.port());
      }
    }
  }

  private static String migrate(Wire from, int port, Object... rest) throws IOException {
    Object[] words = new Object[rest.length + 3];
    words[0] = "MIGRATE";
    words[1] = "127.0.0.1";
    words[2] = port;
    System.arraycopy(rest, 0, words, 3, rest.length);
    return from.ask(words).toString();
  }

  @Test
  void oneKeyMovesWithItsTimeToLive() throws IOException {
    bothWays((from, to, port) -> {
      from.ask("RPUSH", "list", "a", "b");
      from.ask("PEXPIRE", "list", 100_000);
      assertThat(migrate(from, port, "list", 3, 5000)).isEqualTo("+OK");
      assertThat(from.ask("EXISTS", "list")).isEqualTo(RawReply.integer(0));
      to.ask("SELECT", 3);
      assertThat(to.ask("LRANGE", "list", 0, -1)).hasToString("*[$\"a\" $\"b\"]");
      assertThat(to.ask("PTTL", "list").asLong()).isBetween(1L, 100_000L);
      to.ask("SELECT", 0);
      assertThat(migrate(from, port, "list", 3, 5000)).isEqualTo("+NOKEY");
    });
  }

  @Test
  void aCopyStaysAndReplacesOnlyIfAskedTo() throws IOException {
    bothWays((from, to, port) -> {
      from.ask("SET", "k", "new");
      to.ask("SET", "k", "old");
      String busy =
          "-ERR Target instance replied with error: BUSYKEY Target key name already" + " exists.";
      assertThat(migrate(from, port, "k", 0, 5000)).isEqualTo(busy);
      assertThat(migrate(from, port, "k", 0, 5000, "copy")).isEqualTo(busy);
      assertThat(from.ask("GET", "k")).hasToString("$\"new\"");
      assertThat(migrate(from, port, "k", 0, 5000, "COPY", "REPLACE")).isEqualTo("+OK");
      assertThat(from.ask("GET", "k")).hasToString("$\"new\"");
      assertThat(to.ask("GET", "k")).hasToString("$\"new\"");
    });
  }

  @Test
  void ofManyKeysThoseGoThatTheOtherServerTakes() throws IOException {
    bothWays((from, to, port) -> {
      Object[] rest = new Object[4 + 500];
      rest[0] = "";
      rest[1] = 0;
      rest[2] = 5000;
      rest[3] = "KEYS";
      for (int i = 0; i < 500; i++) {
        rest[4 + i] = "k" + i;
        if (i != 7) {
          from.ask("SET", "k" + i, "v" + i);
        }
      }
      to.ask("SET", "k100", "there");
      assertThat(migrate(from, port, rest))
          .isEqualTo("-ERR Target instance replied with error: BUSYKEY Target key name already"
              + " exists.");
      assertThat(from.ask("KEYS", "*")).hasToString("*[$\"k100\"]");
      assertThat(to.ask("DBSIZE")).isEqualTo(RawReply.integer(499));
      assertThat(to.ask("GET", "k100")).hasToString("$\"there\"");
      assertThat(to.ask("GET", "k499")).hasToString("$\"v499\"");
    });
  }

  @Test
  void whatCannotBeDoneIsRefusedAlike() throws IOException {
    bothWays((from, to, port) -> {
      from.ask("SET", "k", "v");
      assertThat(migrate(from, port, "k", 0, 5000, "KEYS", "k"))
          .isEqualTo("-ERR When using MIGRATE KEYS option, the key argument must be set to the"
              + " empty string");
      assertThat(migrate(from, port, "k", 0, 5000, "BOGUS")).isEqualTo("-ERR syntax error");
      assertThat(migrate(from, port, "k", 0, 5000, "AUTH")).isEqualTo("-ERR syntax error");
      assertThat(migrate(from, port, "k", 0, 5000, "AUTH2", "u")).isEqualTo("-ERR syntax error");
      assertThat(migrate(from, port, "k", "x", 5000))
          .isEqualTo("-ERR value is not an integer or out of range");
      assertThat(migrate(from, port, "k", 0, "x"))
          .isEqualTo("-ERR value is not an integer or out of range");
      assertThat(migrate(from, port, "nosuch", 0, 0)).isEqualTo("+NOKEY");
      assertThat(migrate(from, port, "k", 99, 5000))
          .isEqualTo("-ERR Target instance replied with error: ERR DB index is out of range");
      assertThat(migrate(from, 1, "k", 0, 1000))
          .isEqualTo("-IOERR error or timeout writing to target instance");
      assertThat(from.ask("GET", "k")).hasToString("$\"v\"");
    });
  }

  @Test
  void theOtherServerMayWantToKnowWhoItIs() throws IOException {
    bothWays((from, to, port) -> {
      from.ask("MSET", "a", 1, "b", 2);
      to.ask("ACL", "SETUSER", "mover", "on", ">secret", "~*", "+@all");
      // A connection that Redis has kept from before needs no password.
      to.ask("CLIENT", "KILL", "TYPE", "normal");
      to.ask("CONFIG", "SET", "requirepass", "general");
      try {
        assertThat(migrate(from, port, "a", 0, 5000))
            .startsWith("-ERR Target instance replied with error: NOAUTH");
        assertThat(migrate(from, port, "a", 0, 5000, "AUTH", "wrong"))
            .startsWith("-ERR Target instance replied with error: WRONGPASS");
        assertThat(migrate(from, port, "a", 0, 5000, "AUTH", "general")).isEqualTo("+OK");
        assertThat(migrate(from, port, "", 0, 5000, "AUTH2", "mover", "secret", "KEYS", "b", "c"))
            .isEqualTo("+OK");
        assertThat(to.ask("MGET", "a", "b")).hasToString("*[$\"1\" $\"2\"]");
      } finally {
        to.ask("CONFIG", "SET", "requirepass", "");
      }
    });
  }

  @Test
  void aLargeValueMayFollowThePasswordInOnePiece() throws IOException {
    byte[] value = new byte[100_000];
    new Random(1).nextBytes(value);
    bothWays((from, to, port) -> {
      from.ask("SET", "large", value);
      to.ask("CLIENT", "KILL", "TYPE", "normal");
      to.ask("CONFIG", "SET", "requirepass", "secret");
      try {
        assertThat(migrate(from, port, "large", 0, 5000, "AUTH", "secret")).isEqualTo("+OK");
        assertThat(to.ask("STRLEN", "large")).isEqualTo(RawReply.integer(value.length));
      } finally {
        to.ask("CONFIG", "SET", "requirepass", "");
      }
    });
  }

  @Test
  void aServerThatIsSilentIsGivenUp() throws IOException {
    bothWays((from, to, port) -> {
      from.ask("SET", "k", "v");
      to.ask("CLIENT", "PAUSE", 1500, "ALL");
      assertThat(migrate(from, port, "k", 0, 200))
          .isEqualTo("-IOERR error or timeout reading to target instance");
      assertThat(from.ask("GET", "k")).hasToString("$\"v\"");
      to.ask("PING");
    });
  }
}
