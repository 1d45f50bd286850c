package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * Effects of CLIENT commands on other connections; their replies are covered by the transcripts.
 */
final class ClientCommandsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final RawReply OK = RawReply.of("+OK\r\n");
  private static final RawReply PONG = RawReply.of("+PONG\r\n");

  @RegisterExtension
  static final Servers SERVERS = new Servers();

  private static ServerProcess server;

  private Wire one;
  private Wire other;

  @BeforeAll
  static void start() {
    // So that a killed client is mostly on another loop than its killer.
    server = SERVERS.subject("--thread-num", "3");
  }

  @BeforeEach
  void connect() throws IOException {
    one = server.connect();
    other = server.connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    one.close();
    other.close();
  }

  @Test
  void killsAnotherConnectionById() throws IOException {
    long id = other.ask("CLIENT", "ID").asLong();
    assertThat(one.ask("CLIENT", "KILL", "ID", id).asLong()).isEqualTo(1);
    assertThat(other.isClosedByPeer()).isTrue();
    assertThat(one.ask("CLIENT", "KILL", "ID", id).asLong()).isZero();
  }

  /** The client can't be found once its killer has the reply, and what was on its way arrives. */
  @Test
  void whoIsKilledIsGoneAtOnce() throws IOException {
    for (int i = 0; i < 200; i++) {
      try (Wire killed = server.connect()) {
        long id = killed.ask("CLIENT", "ID").asLong();
        killed.ask("SUBSCRIBE", "news");
        assertThat(one.ask("PUBLISH", "news", "heard").asLong()).isEqualTo(1);
        assertThat(one.ask("CLIENT", "KILL", "ID", id).asLong()).isEqualTo(1);
        assertThat(one.ask("PUBLISH", "news", "unheard").asLong()).isZero();
        assertThat(one.ask("CLIENT", "KILL", "ID", id).asLong()).isZero();
        assertThat(one.ask("CLIENT", "LIST", "ID", id).text()).isEmpty();
        assertThat(killed.receive()).hasToString("*[$\"message\" $\"news\" $\"heard\"]");
        assertThat(killed.isClosedByPeer()).isTrue();
      }
    }
  }

  @Test
  void whoIsKilledWhileItWaitsTakesNothing() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Wire killed = server.connect()) {
        long id = killed.ask("CLIENT", "ID").asLong();
        killed.send(Command.of("BLPOP", "killed-queue", 0)).flush();
        Await.until("it waits", SOON, () -> one.figure("clients", "blocked_clients") == 1);
        List<RawReply> replies = one.askAll(List.of(
            Command.of("CLIENT", "KILL", "ID", id),
            Command.of("RPUSH", "killed-queue", "a"),
            Command.of("LPOP", "killed-queue")));
        assertThat(replies.get(2).text()).isEqualTo("a");
        assertThat(killed.isClosedByPeer()).isTrue();
        Await.until("it is gone", SOON, () -> one.figure("clients", "blocked_clients") == 0);
      }
    }
  }

  /**
   * The thread that ran the slow command asks where the next one belongs before anything has
   * checked its arity.
   */
  @Test
  void tooFewArgumentsBehindASlowCommandAreAnError() throws IOException {
    List<RawReply> replies = one.askAll(List.of(
        Command.of("KEYS", "nobody:*"),
        Command.of("EVAL"),
        Command.of("KEYS", "nobody:*"),
        Command.of("SCRIPT", "LOAD"),
        Command.of("KEYS", "nobody:*"),
        Command.of("LRANGE", "list")));
    assertThat(replies.get(1).text()).startsWith("ERR wrong number of arguments for 'eval'");
    assertThat(replies.get(3).text()).startsWith("ERR wrong number of arguments for 'script|load'");
    assertThat(replies.get(5).text()).startsWith("ERR wrong number of arguments for 'lrange'");
  }

  @Test
  void killsAnotherConnectionByItsAddress() throws IOException {
    String address = field(other.ask("CLIENT", "INFO").text(), "addr");
    assertThat(one.ask("CLIENT", "KILL", address)).isEqualTo(OK);
    assertThat(other.isClosedByPeer()).isTrue();
  }

  @Test
  void killsConnectionsOfAnAge() throws Exception {
    long id = other.ask("CLIENT", "ID").asLong();
    assertThat(one.ask("CLIENT", "KILL", "ID", id, "MAXAGE", 3600).asLong()).isZero();
    Await.until(
        "the connection is a second old",
        SOON,
        () -> one.ask("CLIENT", "KILL", "ID", id, "MAXAGE", 1).asLong() == 1);
    assertThat(other.isClosedByPeer()).isTrue();
    assertThat(one.ask("CLIENT", "KILL", "MAXAGE", 0))
        .isEqualTo(RawReply.of("-ERR maxage should be greater than 0\r\n"));
    assertThat(one.ask("CLIENT", "KILL", "MAXAGE", "old"))
        .isEqualTo(RawReply.of("-ERR maxage is not an integer or out of range\r\n"));
  }

  @Test
  void whoKillsItselfIsAnsweredFirst() throws IOException {
    long id = one.ask("CLIENT", "ID").asLong();
    assertThat(one.ask("CLIENT", "KILL", "ID", id).asLong()).isZero();
    assertThat(one.ask("CLIENT", "KILL", "ID", id, "SKIPME", "no").asLong()).isEqualTo(1);
    assertThat(one.isClosedByPeer()).isTrue();
  }

  @Test
  void listsAllConnections() throws IOException {
    one.ask("CLIENT", "SETNAME", "first");
    other.ask("CLIENT", "SETNAME", "second");
    other.ask("CLIENT", "SETINFO", "lib-name", "test");
    other.ask("CLIENT", "SETINFO", "LIB-VER", "1.2");
    other.ask("CLIENT", "NO-EVICT", "on");
    other.ask("SELECT", 3);
    String list = one.ask("CLIENT", "LIST").text();
    String first = line(list, "first");
    String second = line(list, "second");
    assertThat(field(first, "cmd")).isEqualTo("client|list");
    assertThat(field(first, "flags")).isEqualTo("N");
    assertThat(field(second, "cmd")).isEqualTo("select");
    assertThat(field(second, "db")).isEqualTo("3");
    assertThat(field(second, "flags")).isEqualTo("e");
    assertThat(field(second, "lib-name")).isEqualTo("test");
    assertThat(field(second, "lib-ver")).isEqualTo("1.2");
    String id = field(second, "id");
    assertThat(withoutTimes(one.ask("CLIENT", "LIST", "ID", id, 999_999).text()))
        .isEqualTo(withoutTimes(line(one.ask("CLIENT", "LIST").text(), "second") + "\n"));
  }

  @Test
  void skipsTheReplyToTheNextCommand() throws IOException {
    one.send(Command.of("CLIENT", "REPLY", "SKIP")).send(Command.of("PING", "unheard"));
    assertThat(one.ask("PING")).isEqualTo(PONG);
  }

  @Test
  void isSilentUntilRepliesAreWantedAgain() throws IOException {
    one.send(Command.of("CLIENT", "REPLY", "OFF")).send(Command.of("NOSUCH"));
    one.send(Command.of("CLIENT", "REPLY", "SKIP")).send(Command.of("HELLO", 3));
    assertThat(one.ask("CLIENT", "REPLY", "ON")).isEqualTo(OK);
    assertThat(one.ask("CLIENT", "GETNAME")).isEqualTo(RawReply.of("_\r\n"));
  }

  @Test
  void quitDropsWhatCameAfterIt() throws IOException {
    one.send(Command.of("QUIT")).send(Command.of("SET", "late", 1)).flush();
    assertThat(one.receive()).isEqualTo(OK);
    assertThat(one.isClosedByPeer()).isTrue();
    assertThat(other.ask("EXISTS", "late").asLong()).isZero();
  }

  @Test
  void aPauseOfWritesHoldsWritesAlone() throws Exception {
    assertThat(one.ask("CLIENT", "PAUSE", 100_000, "WRITE")).isEqualTo(OK);
    other.send(Command.of("SET", "paused", 1)).send(Command.of("PING")).flush();
    assertThat(one.ask("EXISTS", "paused").asLong()).isZero();
    assertThat(other.hasReply()).isFalse();
    assertThat(one.ask("CLIENT", "UNPAUSE")).isEqualTo(OK);
    assertThat(other.receive()).isEqualTo(OK);
    assertThat(other.receive()).isEqualTo(PONG);
  }

  @Test
  void aPauseOfAllEndsByItself() throws Exception {
    long start = System.nanoTime();
    assertThat(one.ask("CLIENT", "PAUSE", 200)).isEqualTo(OK);
    assertThat(other.ask("PING")).isEqualTo(PONG);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(150).toNanos());
  }

  @Test
  void aPasswordIsAskedOfNewConnectionsOnly() throws Exception {
    assertThat(one.ask("CONFIG", "SET", "requirepass", "secret")).isEqualTo(OK);
    try (Wire stranger = server.connect()) {
      String refused = "-NOAUTH Authentication required.\r\n";
      assertThat(stranger.ask("PING")).isEqualTo(RawReply.of(refused));
      assertThat(stranger.ask("HELLO", 3).text()).startsWith("NOAUTH HELLO must be called");
      assertThat(stranger.ask("AUTH", "wrong").text()).startsWith("WRONGPASS");
      assertThat(stranger.ask("HELLO", 2, "AUTH", "default", "secret").isError())
          .isFalse();
      assertThat(stranger.ask("PING")).isEqualTo(PONG);
      assertThat(stranger.ask("RESET").text()).isEqualTo("RESET");
      assertThat(stranger.ask("PING")).isEqualTo(RawReply.of(refused));
      assertThat(stranger.ask("AUTH", "secret")).isEqualTo(OK);
      assertThat(other.ask("PING")).isEqualTo(PONG);
    } finally {
      one.ask("CONFIG", "SET", "requirepass", "");
    }
  }

  @Test
  void aConnectionThatEndedIsNotListed() throws Exception {
    other.ask("CLIENT", "SETNAME", "leaving");
    other.close();
    Await.until(
        "the connection is forgotten",
        SOON,
        () -> !one.ask("CLIENT", "LIST").text().contains("name=leaving"));
  }

  /** A second may begin between two calls. */
  private static String withoutTimes(String line) {
    return line.replaceAll(" (age|idle)=\\d+", "");
  }

  private static String line(String list, String name) {
    return list.lines()
        .filter(line -> line.contains(" name=" + name + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + list));
  }

  private static String field(String line, String name) {
    Matcher matcher = Pattern.compile("(^| )" + name + "=([^ \n]*)").matcher(line);
    assertThat(matcher.find()).as(name + " in " + line).isTrue();
    return matcher.group(2);
  }
}
