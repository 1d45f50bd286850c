package pika.server.proof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.proof.Command;
import pika.server.proof.ProofSettings;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** What one server dumps the other restores, whatever the encoding, and it is the same value. */
final class DumpExchangeTest {
  private static final int VALUES = 60;

  /** The thresholds of encodings, from all packed to nothing. */
  private static final List<String> THRESHOLDS = List.of(
      "hash-max-listpack-entries",
      "hash-max-listpack-value",
      "zset-max-listpack-entries",
      "zset-max-listpack-value",
      "set-max-intset-entries");

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess redisServer;
  private static ServerProcess ourServer;

  private Wire redis;
  private Wire ours;

  @BeforeAll
  static void start() {
    redisServer = servers.redis();
    ourServer = servers.subject();
  }

  @BeforeEach
  void connect() throws IOException {
    redis = redisServer.connect();
    ours = ourServer.connect();
    redis.ask("FLUSHALL");
    ours.ask("FLUSHALL");
  }

  @AfterEach
  void disconnect() throws IOException {
    redis.close();
    ours.close();
  }

  @ParameterizedTest
  @EnumSource(RandomValue.Kind.class)
  void valuesGoBothWaysAndStayTheSame(RandomValue.Kind kind) throws IOException {
    long seed = ProofSettings.seed();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < VALUES; i++) {
      String what = kind + " " + i + ", seed " + seed;
      setThresholds(random);
      List<Command> commands = new RandomValue(random, "made").commands(kind);
      redis.ask("DEL", "made");
      ours.ask("DEL", "made", "theirs");
      redis.askAll(commands);
      ours.askAll(commands);

      pass(redis, ours, "theirs", what);
      assertThat(read(ours, kind, "theirs")).as(what).isEqualTo(read(redis, kind, "made"));
      redis.ask("DEL", "theirs");
      pass(ours, redis, "theirs", what);
      assertThat(read(redis, kind, "theirs")).as(what).isEqualTo(read(ours, kind, "made"));
    }
  }

  private void setThresholds(SplittableRandom random) throws IOException {
    for (String name : THRESHOLDS) {
      int value = random.nextInt(3) == 0 ? 4 : 512;
      redis.ask("CONFIG", "SET", name, value);
      ours.ask("CONFIG", "SET", name, value);
    }
    String nodeSize = random.nextBoolean() ? "-5" : "" + (1 + random.nextInt(200));
    redis.ask("CONFIG", "SET", "list-max-listpack-size", nodeSize);
    ours.ask("CONFIG", "SET", "list-max-listpack-size", nodeSize);
  }

  private static void pass(Wire from, Wire to, String name, String what) throws IOException {
    RawReply dump = from.ask("DUMP", "made");
    assertThat(to.ask("RESTORE", name, 0, dump.content())).as(what).hasToString("+OK");
  }

  /** All that clients can see of a value, but for what changes with time. */
  private static List<String> read(Wire wire, RandomValue.Kind kind, String key)
      throws IOException {
    return switch (kind) {
      case STRING -> List.of(wire.ask("GET", key).inFull());
      case LIST -> List.of(wire.ask("LRANGE", key, 0, -1).inFull());
      case SET -> sorted(wire.ask("SMEMBERS", key), 1);
      case HASH -> sorted(wire.ask("HGETALL", key), 2);
      case ZSET -> List.of(wire.ask("ZRANGE", key, 0, -1, "WITHSCORES").inFull());
      case STREAM -> readStream(wire, key);
    };
  }

  private static List<String> sorted(RawReply reply, int width) {
    List<String> groups = new ArrayList<>();
    List<RawReply> elements = reply.elements();
    for (int i = 0; i < elements.size(); i += width) {
      StringBuilder group = new StringBuilder();
      elements.subList(i, i + width).forEach(element -> group.append(element.inFull()));
      groups.add(group.toString());
    }
    return groups.stream().sorted().toList();
  }

  private static List<String> readStream(Wire wire, String key) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(wire.ask("XRANGE", key, "-", "+").inFull());
    all.add(wire.ask("XADD", key, "NOMKSTREAM", "1-1", "refused", "").inFull());
    RawReply groups = wire.ask("XINFO", "GROUPS", key);
    all.add(groups.inFull());
    for (RawReply group : groups.elements()) {
      String name = group.elements().get(1).text();
      for (RawReply consumer : wire.ask("XINFO", "CONSUMERS", key, name).elements()) {
        List<RawReply> fields = consumer.elements();
        all.add(fields.get(1).text() + " has pending " + fields.get(3).text());
      }
      for (RawReply pending : wire.ask("XPENDING", key, name, "-", "+", 10_000).elements()) {
        List<RawReply> fields = pending.elements();
        all.add(fields.get(0).text() + " " + fields.get(1).text() + " "
            + fields.get(3).text());
      }
    }
    return all;
  }
}
