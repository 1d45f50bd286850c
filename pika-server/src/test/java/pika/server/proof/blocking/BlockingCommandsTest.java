package pika.server.proof.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** What clients that wait for lists can rely on; a real Redis passes it, too. */
final class BlockingCommandsTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  private Waiting waiting;
  private Wire operator;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @BeforeEach
  void connect() throws Exception {
    waiting = new Waiting(server);
    operator = waiting.operator();
  }

  @AfterEach
  void disconnect() throws Exception {
    waiting.close();
  }

  @Test
  void whoCameFirstIsServedFirst() throws Exception {
    List<Wire> clients = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      clients.add(i % 2 == 0 ? waiting.in("BLPOP", "q", 0) : waiting.in("BLPOP", "x", "q", "y", 0));
    }
    for (int i = 0; i < 300; ) {
      List<Object> push = new ArrayList<>(List.of("RPUSH", "q"));
      int end = Math.min(300, i + 1 + i % 7);
      while (i < end) {
        push.add(i++);
      }
      operator.ask(Command.of(push.toArray()));
    }
    for (int i = 0; i < 300; i++) {
      assertThat(clients.get(i).receive()).isEqualTo(popped("q", "" + i));
    }
    assertThat(operator.ask("EXISTS", "q")).isEqualTo(RawReply.integer(0));
  }

  @Test
  void whoPushesSeesWhatIsLeft() throws Exception {
    Wire client = waiting.in("BRPOP", "q", 0);
    assertThat(operator.askAll(List.of(
            Command.of("RPUSH", "q", "a", "b", "c"),
            Command.of("LRANGE", "q", 0, -1),
            Command.of("LLEN", "q"))))
        .hasToString("[:3, *[$\"a\" $\"b\"], :2]");
    assertThat(client.receive()).isEqualTo(popped("q", "c"));
  }

  @Test
  void everyWayToMakeAListServesWhoWaits() throws Exception {
    operator.ask("RPUSH", "source", "a", "b", "c", "d", "e", "f", "g", "h");
    RawReply dump = operator.ask("DUMP", "source");
    List<Command> ways = List.of(
        Command.of("RPUSH", "q", "a"),
        Command.of("LPUSH", "q", "a"),
        Command.of("LMOVE", "source", "q", "LEFT", "RIGHT"),
        Command.of("RENAME", "source", "q"),
        Command.of("RESTORE", "q", 0, dump.content()),
        Command.of("COPY", "copy", "q"),
        Command.of("SORT", "copy", "ALPHA", "STORE", "q"));
    operator.ask("COPY", "source", "copy");
    for (Command way : ways) {
      Wire client = waiting.in("BLPOP", "q", 0);
      operator.ask(way);
      assertThat(client.receive().elements()).as(way.toString()).hasSize(2);
      operator.ask("DEL", "q");
    }
  }

  @Test
  void keysAreCountedForWhichSomebodyWaitsThatTheyGo() throws Exception {
    operator.ask("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    waiting.in("BLPOP", "q", 0);
    assertThat(operator.ask("INFO", "clients").text())
        .contains("total_blocking_keys:1\r\n", "total_blocking_keys_on_nokey:0\r\n");
    Wire reader = waiting.in("XREADGROUP", "GROUP", "g", "c", "BLOCK", 0, "STREAMS", "s", ">");
    assertThat(operator.ask("INFO", "clients").text())
        .contains("total_blocking_keys:2\r\n", "total_blocking_keys_on_nokey:1\r\n");
    operator.ask("DEL", "s");
    assertThat(reader.receive().toString()).startsWith("-NOGROUP");
    assertThat(operator.ask("INFO", "clients").text())
        .contains("total_blocking_keys_on_nokey:0\r\n");
  }

  @Test
  void movingAListIntoADatabaseServesWhoWaitsThere() throws Exception {
    Wire elsewhere = waiting.client();
    elsewhere.ask("SELECT", 3);
    waiting.in(elsewhere, "BLPOP", "q", 0);
    operator.ask("RPUSH", "q", "a");
    assertThat(operator.ask("MOVE", "q", 3)).isEqualTo(RawReply.integer(1));
    assertThat(elsewhere.receive()).isEqualTo(popped("q", "a"));
    waiting.in(elsewhere, "BLPOP", "q", 0);
    operator.ask("RPUSH", "q", "b");
    operator.ask("SWAPDB", 0, 3);
    assertThat(elsewhere.receive()).isEqualTo(popped("q", "b"));
  }

  @Test
  void elementsTravelThroughAChainOfWaiters() throws Exception {
    Wire last = waiting.in("BLPOP", "c", 0);
    Wire second = waiting.in("BRPOPLPUSH", "b", "c", 0);
    Wire first = waiting.in("BLMOVE", "a", "b", "LEFT", "RIGHT", 0);
    operator.ask("RPUSH", "a", "x");
    assertThat(first.receive()).isEqualTo(RawReply.bulk("x"));
    assertThat(second.receive()).isEqualTo(RawReply.bulk("x"));
    assertThat(last.receive()).isEqualTo(popped("c", "x"));
    assertThat(operator.ask("DBSIZE")).isEqualTo(RawReply.integer(0));
  }

  @Test
  void aTargetOfAnotherTypeIsAnErrorWhenTheElementComes() throws Exception {
    operator.ask("SET", "target", "text");
    Wire client = waiting.in("BLMOVE", "q", "target", "LEFT", "RIGHT", 0);
    operator.ask("RPUSH", "q", "a");
    assertThat(client.receive().text()).startsWith("WRONGTYPE");
    assertThat(operator.ask("LLEN", "q")).isEqualTo(RawReply.integer(1));
  }

  @Test
  void anotherKeyThatChangedItsTypeMeanwhileDoesNotMatter() throws Exception {
    Wire pop = waiting.in("BLPOP", "text", "q", 0);
    Wire popMany = waiting.in("BLMPOP", 0, 2, "text", "q", "RIGHT", "COUNT", 9);
    Wire popLowest = waiting.in("BZPOPMIN", "text", "z", 0);
    Wire popHighest = waiting.in("BZMPOP", 0, 2, "text", "z", "MAX", "COUNT", 9);
    Wire read = waiting.in("XREAD", "COUNT", 5, "BLOCK", 0, "STREAMS", "text", "s", "$", "0");
    operator.ask("SET", "text", "of no use to them");
    operator.ask("RPUSH", "q", "a", "b", "c");
    operator.ask("ZADD", "z", 1, "a", 2, "b");
    operator.ask("XADD", "s", "1-1", "field", "value");
    assertThat(pop.receive()).isEqualTo(popped("q", "a"));
    assertThat(popMany.receive()).hasToString("*[$\"q\" *[$\"c\" $\"b\"]]");
    assertThat(popLowest.receive()).hasToString("*[$\"z\" $\"a\" $\"1\"]");
    assertThat(popHighest.receive()).hasToString("*[$\"z\" *[*[$\"b\" $\"2\"]]]");
    assertThat(read.receive()).hasToString(entry("1-1"));
    assertThat(operator.ask("EXISTS", "q", "z")).isEqualTo(RawReply.integer(0));
  }

  @Test
  void theKeyFilledFirstIsServedFirst() throws Exception {
    Wire client = waiting.in("BLPOP", "a", "b", "c", 0);
    operator.ask("MULTI");
    operator.ask("RPUSH", "c", "first");
    operator.ask("RPUSH", "a", "second");
    operator.ask("EXEC");
    assertThat(client.receive()).isEqualTo(popped("c", "first"));
    assertThat(operator.ask("LLEN", "a")).isEqualTo(RawReply.integer(1));
  }

  @Test
  void theSlowLogHasACommandThatWaitedAsItWasSent() throws Exception {
    operator.ask("CONFIG", "SET", "slowlog-log-slower-than", 0);
    Wire client = waiting.in("BLPOP", "a", "b", "c", 0);
    operator.ask("RPUSH", "b", "x");
    assertThat(client.receive()).isEqualTo(popped("b", "x"));
    operator.ask("CONFIG", "SET", "slowlog-log-slower-than", -1);
    assertThat(operator.ask("SLOWLOG", "GET", -1).toString())
        .contains("*[$\"BLPOP\" $\"a\" $\"b\" $\"c\" $\"0\"]");
  }

  @Test
  void allReadersOfAStreamGetAnEntryAndEachConsumerItsOwn() throws Exception {
    operator.ask("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    List<Wire> readers = new ArrayList<>();
    List<Wire> consumers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      readers.add(waiting.in("XREAD", "BLOCK", 0, "STREAMS", "other", "s", "$", "$"));
      consumers.add(waiting.in(
          "XREADGROUP", "GROUP", "g", "c" + i, "COUNT", 1, "BLOCK", 0, "STREAMS", "s", ">"));
    }
    for (int i = 0; i < 20; i++) {
      operator.ask("XADD", "s", "1-" + (i + 1), "field", "value");
      operator.ask("XACK", "s", "g", "1-" + i);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(readers.get(i).receive()).hasToString(entry("1-1"));
      assertThat(consumers.get(i).receive()).hasToString(entry("1-" + (i + 1)));
    }
  }

  /** Whoever adds an entry and then looks finds it taken by who has waited for it. */
  @Test
  void aConsumerIsServedBeforeTheWriterIsAnswered() throws Exception {
    operator.ask("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    List<Wire> consumers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      consumers.add(
          waiting.in("XREADGROUP", "GROUP", "g", "c" + i % 7, "BLOCK", 0, "STREAMS", "s", ">"));
      List<RawReply> replies = operator.askAll(List.of(
          Command.of("XADD", "s", "1-" + i, "field", "value"),
          Command.of("XACK", "s", "g", "1-" + i)));
      assertThat(replies.get(1)).as("entry " + i).isEqualTo(RawReply.integer(1));
    }
    for (int i = 1; i <= 50; i++) {
      assertThat(consumers.get(i - 1).receive()).hasToString(entry("1-" + i));
    }
  }

  private static String entry(String id) {
    return "*[*[$\"s\" *[*[$\"" + id + "\" *[$\"field\" $\"value\"]]]]]";
  }

  @Test
  void aTimeoutComesWhenItIsDueAndNotBefore() throws Exception {
    Wire client = waiting.client();
    List<String> timeouts = new ArrayList<>(List.of("0.05", "0.3"));
    // A millisecond many times: the clock's next one may begin at any moment after the command.
    timeouts.addAll(Collections.nCopies(200, "0.001"));
    for (String timeout : timeouts) {
      long start = System.nanoTime();
      assertThat(client.ask("BLPOP", "q", timeout)).hasToString("*nil");
      double passedSeconds = (System.nanoTime() - start) / 1e9;
      assertThat(passedSeconds).isGreaterThanOrEqualTo(Double.parseDouble(timeout));
    }
    assertThat(client.ask("BLMOVE", "q", "r", "LEFT", "LEFT", "0.01").isNil()).isTrue();
    assertThat(waiting.figure("clients_in_timeout_table")).isZero();
  }

  @Test
  void theIdleTimeoutSparesWhoWaits() throws Exception {
    Wire client = waiting.in("BLPOP", "q", 0);
    operator.send(Command.of("CONFIG", "SET", "timeout", 1));
    operator.send(Command.of("BLPOP", "end", 0)).flush();
    assertThat(operator.receive()).hasToString("+OK");
    // Who is silent for as long without waiting is closed, twice in a row.
    for (int i = 0; i < 2; i++) {
      try (Wire idle = server.connect()) {
        assertThat(idle.isClosedByPeer()).isTrue();
      }
    }
    try (Wire other = server.connect()) {
      other.send(Command.of("CONFIG", "SET", "timeout", 0));
      other.send(Command.of("RPUSH", "q", "a")).send(Command.of("RPUSH", "end", "b"));
      other.flush();
      assertThat(client.receive()).isEqualTo(popped("q", "a"));
      assertThat(operator.receive()).isEqualTo(popped("end", "b"));
    }
  }

  @Test
  void clientListAndUnblockKnowWhoWaits() throws Exception {
    Wire client = waiting.client();
    long id = client.ask("CLIENT", "ID").asLong();
    operator.ask("CONFIG", "RESETSTAT");
    assertThat(operator.ask("CLIENT", "UNBLOCK", id)).isEqualTo(RawReply.integer(0));
    waiting.in(client, "BLPOP", "q", 0);
    assertThat(operator.ask("CLIENT", "LIST", "ID", id).text())
        .contains(" flags=b ", " cmd=blpop ");
    assertThat(operator.ask("CLIENT", "UNBLOCK", id, "TIMEOUT")).isEqualTo(RawReply.integer(1));
    assertThat(client.receive()).hasToString("*nil");
    waiting.in(client, "BLPOP", "q", 0);
    assertThat(operator.ask("CLIENT", "UNBLOCK", id, "ERROR")).isEqualTo(RawReply.integer(1));
    assertThat(client.receive().text()).isEqualTo("UNBLOCKED client unblocked via CLIENT UNBLOCK");
    assertThat(operator.ask("CLIENT", "LIST", "ID", id).text()).contains(" flags=N ");
    assertThat(operator.ask("INFO", "errorstats").text()).contains("errorstat_UNBLOCKED:count=1");
    assertThat(operator.ask("INFO", "commandstats").text())
        .containsPattern("cmdstat_blpop:calls=2,.*failed_calls=1");
  }

  @Test
  void whoIsKilledGetsNothing() throws Exception {
    Wire client = waiting.client();
    long id = client.ask("CLIENT", "ID").asLong();
    waiting.in(client, "BLPOP", "q", 0);
    assertThat(operator.ask("CLIENT", "KILL", "ID", id)).isEqualTo(RawReply.integer(1));
    assertThat(client.isClosedByPeer()).isTrue();
    waiting.await(0);
    operator.ask("RPUSH", "q", "a");
    assertThat(operator.ask("LLEN", "q")).isEqualTo(RawReply.integer(1));
  }

  @Test
  void pipelinedRequestsWaitBehindTheOneThatBlocks() throws Exception {
    Wire client = waiting.client();
    client.send(Command.of("SET", "before", 1)).send(Command.of("BLPOP", "q", 0));
    client
        .send(Command.of("SET", "after", 1))
        .send(Command.of("BLPOP", "q", "0.01"))
        .flush();
    assertThat(client.receive()).hasToString("+OK");
    waiting.await(1);
    assertThat(operator.ask("EXISTS", "before", "after")).isEqualTo(RawReply.integer(1));
    operator.ask("RPUSH", "q", "a");
    assertThat(client.receive()).isEqualTo(popped("q", "a"));
    assertThat(client.receive()).hasToString("+OK");
    assertThat(client.receive()).hasToString("*nil");
  }

  @Test
  void aPauseHoldsBackWhatWouldServe() throws Exception {
    Wire client = waiting.in("BLPOP", "q", 0);
    Wire pushing = waiting.client();
    operator.ask("CLIENT", "PAUSE", 60_000, "WRITE");
    pushing.send(Command.of("RPUSH", "q", "a")).flush();
    assertThat(operator.ask("LLEN", "q")).isEqualTo(RawReply.integer(0));
    operator.ask("CLIENT", "UNPAUSE");
    assertThat(pushing.receive()).isEqualTo(RawReply.integer(1));
    assertThat(client.receive()).isEqualTo(popped("q", "a"));
  }

  private static RawReply popped(String key, String element) {
    return RawReply.of("*2\r\n$" + key.length() + "\r\n" + key + "\r\n$" + element.length() + "\r\n"
        + element + "\r\n");
  }
}
