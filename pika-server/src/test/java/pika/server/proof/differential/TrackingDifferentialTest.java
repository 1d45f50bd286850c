package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;

/**
 * Clients that cache, in all the ways there are, and change each other's keys in turn: each is told
 * by ours what Redis tells it, at the same place.
 */
final class TrackingDifferentialTest {
  private static final int STORIES = 12;
  private static final int STEPS = 200;
  private static final String TWO_WRITES =
      "redis.call('INCR', KEYS[1]) redis.call('INCR', KEYS[2])";
  private static final String SET_AND_GET =
      "redis.call('SET', KEYS[1], 1) return redis.call('GET', KEYS[1])";
  private static final Protocol[] CLIENTS = {
    Protocol.RESP3, Protocol.RESP3, Protocol.RESP2, Protocol.RESP2
  };

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void everyClientIsToldWhatRedisTellsIt() throws IOException {
    ServerProcess redis = servers.redis();
    ServerProcess ours = servers.subject();
    long seed = ProofSettings.seedOr(1);
    for (int story = 0; story < STORIES; story++) {
      tell(redis, ours, seed + story);
    }
  }

  @Test
  void whoListensToAPrefixHearsOfATransactionAndOfAScriptAtOnce() throws IOException {
    assertThat(story(servers.subject())).isEqualTo(story(servers.redis()));
  }

  @Test
  void whatAClientReadsAfterItsOwnChangeStaysKnown() throws IOException {
    assertThat(readsAfterChanges(servers.subject())).isEqualTo(readsAfterChanges(servers.redis()));
  }

  @Test
  void aScriptThatReadsAnythingMakesAllItsKeysKnown() throws IOException {
    assertThat(scripts(servers.subject())).isEqualTo(scripts(servers.redis()));
  }

  /** What was read before tracking was turned off is forgotten when the key changes or goes. */
  @Test
  void readsAreForgottenThoughNobodyTracksAnyMore() throws IOException {
    assertThat(pauses(servers.subject())).isEqualTo(pauses(servers.redis()));
  }

  private static List<String> pauses(ServerProcess server) throws IOException {
    List<String> heard = new ArrayList<>();
    try (Listeners listeners = Listeners.to(server, CLIENTS)) {
      for (String change : List.of("INCR a", "FLUSHALL", "PING")) {
        listeners.wire(0).ask("CLIENT", "TRACKING", "ON");
        heard.addAll(listeners.play(0, Command.of("GET", "a")));
        heard.addAll(listeners.play(0, Command.of("CLIENT", "TRACKING", "OFF")));
        heard.addAll(listeners.play(1, Command.of((Object[]) change.split(" "))));
        heard.add("keys: " + listeners.wire(1).figure("stats", "tracking_total_keys"));
        heard.addAll(listeners.play(0, Command.of("CLIENT", "TRACKING", "ON")));
        heard.addAll(listeners.play(1, Command.of("INCR", "a")));
        heard.addAll(listeners.play(0, Command.of("CLIENT", "TRACKING", "OFF")));
      }
    }
    return heard;
  }

  private static List<String> scripts(ServerProcess server) throws IOException {
    List<String> heard = new ArrayList<>();
    try (Listeners listeners = Listeners.to(server, CLIENTS)) {
      listeners.wire(0).ask("FLUSHALL");
      for (String script : List.of(
          "return 1",
          "redis.call('SET', 'c', 1)",
          "redis.call('PING')",
          "redis.call('GET', KEYS[1])",
          "redis.pcall('LLEN', KEYS[1])",
          "redis.call('GET', KEYS[2]) redis.call('SET', KEYS[1], 3)",
          "redis.call('SET', KEYS[1], 3) redis.call('GET', KEYS[2])",
          "redis.call('GET', KEYS[1]) redis.call('NOSUCHCOMMAND')")) {
        for (String eval : List.of("EVAL", "EVAL_RO")) {
          for (String mode : List.of("OPTOUT", "NOLOOP")) {
            listeners.wire(0).ask("CLIENT", "TRACKING", "OFF");
            listeners.wire(0).ask("CLIENT", "TRACKING", "ON", mode);
            heard.addAll(listeners.play(0, Command.of(eval, script, 2, "a", "b")));
            heard.addAll(listeners.play(1, Command.of("MSET", "b", 2, "a", 2)));
          }
        }
      }
    }
    return heard;
  }

  /** Transactions and scripts that change before they read, and reads that end what has expired. */
  private static List<String> readsAfterChanges(ServerProcess server) throws IOException {
    List<String> heard = new ArrayList<>();
    try (Listeners listeners = Listeners.to(server, CLIENTS)) {
      listeners.wire(0).ask("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      for (String mode : List.of("OPTOUT", "NOLOOP")) {
        listeners.wire(0).ask("CLIENT", "TRACKING", "OFF");
        listeners.wire(0).ask("CLIENT", "TRACKING", "ON", mode);
        Command set = Command.of("SET", "a", "1");
        Command get = Command.of("GET", "a");
        heard.addAll(transaction(listeners, 0, set, get));
        heard.addAll(listeners.play(1, set));
        heard.addAll(transaction(listeners, 0, get, set, get));
        heard.addAll(listeners.play(1, set));
        heard.addAll(transaction(listeners, 0, get, set));
        heard.addAll(listeners.play(1, set));
        heard.addAll(transaction(listeners, 0, Command.of("FLUSHALL"), get));
        heard.addAll(listeners.play(1, set));
        heard.addAll(listeners.play(0, Command.of("EVAL", SET_AND_GET, 1, "a")));
        heard.addAll(listeners.play(1, set));
        listeners.wire(1).ask("SET", "a", "1", "PXAT", "1");
        heard.addAll(listeners.play(0, get));
        heard.addAll(listeners.play(1, set));
      }
    }
    return heard;
  }

  private static List<String> story(ServerProcess server) throws IOException {
    List<String> heard = new ArrayList<>();
    try (Listeners listeners = Listeners.to(server, CLIENTS)) {
      listeners.wire(0).ask("FLUSHALL");
      listeners.wire(0).ask("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "a", "PREFIX", "b");
      listeners.wire(1).ask("CLIENT", "TRACKING", "ON");
      listeners.wire(1).ask("MGET", "a1", "a2", "b1", "c1");
      heard.addAll(transaction(
          listeners,
          2,
          Command.of("SET", "b1", "1"),
          Command.of("SET", "a2", "1"),
          Command.of("INCR", "c1"),
          Command.of("LPUSH", "a2", "fails"),
          Command.of("INCR", "a2"),
          Command.of("SET", "a1", "1")));
      heard.addAll(listeners.play(2, Command.of("EVAL", TWO_WRITES, 2, "a2", "a1")));
      String failing = TWO_WRITES + " return redis.error_reply('X')";
      heard.addAll(listeners.play(2, Command.of("EVAL", failing, 2, "b2", "b1")));
      heard.addAll(transaction(
          listeners,
          2,
          Command.of("EVAL", TWO_WRITES, 2, "a2", "b1"),
          Command.of("FLUSHALL"),
          Command.of("SET", "a3", "1")));
      heard.addAll(
          transaction(listeners, 0, Command.of("SET", "a2", 1), Command.of("SET", "a1", 1)));
    }
    return heard;
  }

  /** What is heard of a transaction from its end on. */
  private static List<String> transaction(Listeners listeners, int client, Command... commands)
      throws IOException {
    listeners.wire(client).ask("MULTI");
    for (Command command : commands) {
      listeners.wire(client).send(command).flush();
      listeners.wire(client).receive();
    }
    return listeners.play(client, Command.of("EXEC"));
  }

  private static void tell(ServerProcess redis, ServerProcess ours, long seed) throws IOException {
    Dice dice = new Dice(seed);
    try (Listeners oracle = Listeners.to(redis, CLIENTS);
        Listeners subject = Listeners.to(ours, CLIENTS)) {
      oracle.wire(0).ask("FLUSHALL");
      subject.wire(0).ask("FLUSHALL");
      // The last one hears what is meant for others.
      oracle.wire(3).ask("SUBSCRIBE", "__redis__:invalidate");
      subject.wire(3).ask("SUBSCRIBE", "__redis__:invalidate");
      StringBuilder story = new StringBuilder();
      long oracleId = id(oracle);
      long subjectId = id(subject);
      for (int step = 0; step < STEPS; step++) {
        int client = dice.below(3);
        Draft draft = draw(dice);
        boolean redirects = dice.chance(15);
        story
            .append(client)
            .append("> ")
            .append(draft.command())
            .append(redirects ? " (r)\n" : "\n");
        List<String> expected =
            named(oracle.play(client, written(draft, redirects, oracleId)), draft, oracleId);
        assertThat(
                named(subject.play(client, written(draft, redirects, subjectId)), draft, subjectId))
            .as("seed %d step %d:%n%s", seed, step, story)
            .isEqualTo(expected);
      }
    }
  }

  /** The id of the connection that listens; it was the last one to be made. */
  private static long id(Listeners listeners) throws IOException {
    return listeners.wire(2).ask("CLIENT", "ID").asLong() + 1;
  }

  /**
   * Each server has numbers of its own for its connections; and Redis writes the null of one
   * protocol to a client that speaks the other.
   */
  private static List<String> named(List<String> heard, Draft draft, long id) {
    boolean asksForIt = draft.words().contains("CLIENT");
    return heard.stream()
        .map(line -> asksForIt ? line.replaceAll(":" + id + "\\b", ":listener") : line)
        .map(line -> line.replace("__redis__:invalidate\" _]", "__redis__:invalidate\" $nil]"))
        .toList();
  }

  private static Command written(Draft draft, boolean redirects, long id) {
    List<Object> words = draft.words();
    boolean begins = words.get(0).equals("CLIENT") && words.contains("ON");
    return redirects && begins
        ? Command.of(append(words, "REDIRECT", id).toArray())
        : draft.command();
  }

  private static List<Object> append(List<Object> words, Object... more) {
    return Stream.concat(words.stream(), Arrays.stream(more)).toList();
  }

  private static Draft draw(Dice dice) {
    return switch (dice.below(28)) {
      case 24, 25, 26, 27 -> drawOfStreams(dice);
      case 0, 1 ->
        dice.command("CLIENT", "TRACKING", "ON")
            .sometimes(25, d -> d.word("OPTIN", "OPTOUT"))
            .sometimes(30, d -> d.and("NOLOOP"))
            .sometimes(5, d -> d.word("BOGUS", "PREFIX"));
      case 2 ->
        dice.command("CLIENT", "TRACKING", "ON", "BCAST")
            .sometimes(70, d -> d.and("PREFIX").word("k", "k1", "K", "x", ""))
            .sometimes(30, d -> d.and("NOLOOP"));
      case 3, 4 -> dice.command("CLIENT", "TRACKING", "OFF");
      case 5 -> dice.command("CLIENT", "CACHING").word("YES", "NO", "MAYBE");
      case 6 -> dice.command("CLIENT").word("TRACKINGINFO", "GETREDIR");
      case 7, 8, 9, 10 -> dice.command("GET").key();
      case 11 -> dice.command("MGET").keys(3);
      case 12 -> dice.command("EXISTS").keys(3);
      case 13 -> dice.command("STRLEN").key();
      case 14, 15, 16 -> dice.command("SET").key().and(dice.below(10));
      case 17 -> dice.command("MSET").key().and(1).key().and(2);
      case 18 -> dice.command("DEL").keys(2);
      case 19 -> dice.command("INCR").key();
      case 20 -> dice.command("EXPIRE").key().and(dice.seconds());
      case 21 -> dice.command("RENAME").key().key();
      case 22 ->
        dice.chance(30) ? dice.command("FLUSHDB") : dice.command("APPEND").key().and("1");
      default ->
        dice.chance(20)
            ? dice.command("SELECT").word("0", "1")
            : dice.command("GET").key();
    };
  }

  /** Much of what is kept beside a stream's entries changes untold. */
  private static Draft drawOfStreams(Dice dice) {
    return switch (dice.below(9)) {
      case 0, 1 -> dice.command("XADD").key().and("1-*", "f", "v");
      case 2 -> dice.command("XLEN").key();
      case 3 ->
        dice.command("XGROUP", "CREATE").key().and("g", "0").sometimes(50, d -> d.and("MKSTREAM"));
      case 4 -> dice.command("XREADGROUP", "GROUP", "g", "c", "STREAMS").key().word(">", "0");
      case 5 -> dice.command("XCLAIM").key().and("g", "d", "0", "1-0", "1-1", "JUSTID");
      case 6 -> dice.command("XACK").key().and("g", "1-0", "1-1");
      case 7 -> dice.command("XSETID").key().word("1-5", "9-9");
      default ->
        dice.command("XGROUP")
            .word("DESTROY", "CREATECONSUMER", "DELCONSUMER")
            .key()
            .and("g")
            .sometimes(60, d -> d.and("c"));
    };
  }
}
