package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** CLIENT PAUSE seen from two connections: the operator's and a client's. */
final class ClientPauseTest {
  private static final int LONG_MS = 60_000;
  private static final int SHORT_MS = 150;
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension
  final Servers servers = new Servers();

  private final List<Wire> connected = new ArrayList<>();
  private Wire operator;
  private Wire client;

  @BeforeEach
  void connect() throws IOException {
    ServerProcess server = servers.subject();
    operator = server.connect();
    client = server.connect();
    connected.addAll(List.of(operator, client));
    client.ask("SET", "key", "before");
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Wire wire : connected) {
      wire.close();
    }
  }

  @Test
  void writesWaitForUnpauseWhileReadsGoOn() throws Exception {
    operator.ask("CLIENT", "PAUSE", LONG_MS, "WRITE");
    client.send(Command.of("SET", "key", "after")).flush();

    assertThat(operator.ask("GET", "key")).hasToString("$\"before\"");
    Await.until("held", SOON, () -> blockedClients().contains("blocked_clients:1\r\n"));
    assertThat(client.hasReply()).isFalse();
    operator.ask("CLIENT", "UNPAUSE");
    assertThat(client.receive()).hasToString("+OK");
    assertThat(blockedClients()).contains("blocked_clients:0\r\n");
    assertThat(operator.ask("GET", "key")).hasToString("$\"after\"");
  }

  @Test
  void whatGoesToReplicasWaitsWithTheWrites() throws Exception {
    for (Command command : List.of(
        Command.of("PFCOUNT", "nothing"),
        Command.of("PUBLISH", "c", "m"),
        Command.of("SPUBLISH", "c", "m"))) {
      operator.ask("CLIENT", "PAUSE", LONG_MS, "WRITE");
      client.send(command).flush();
      Await.until("held", SOON, () -> blockedClients().contains("blocked_clients:1\r\n"));
      operator.ask("CLIENT", "UNPAUSE");
      assertThat(client.receive()).hasToString(":0");
    }
  }

  @Test
  void codeThatDeclaresToWriteNothingIsNotHeld() throws Exception {
    String code = "#!lua flags=no-writes\nreturn 1";
    String sha1 = operator.ask("SCRIPT", "LOAD", code).text();
    operator.ask(
        "FUNCTION",
        "LOAD",
        "#!lua name=reading\n"
            + "redis.register_function{function_name='one', callback=function() return 1 end,"
            + " flags={'no-writes'}}");
    operator.ask("CLIENT", "PAUSE", LONG_MS, "WRITE");

    assertThat(client.ask("EVAL", code, 0)).hasToString(":1");
    assertThat(client.ask("EVALSHA", sha1, 0)).hasToString(":1");
    assertThat(client.ask("EVAL_RO", "return 1", 0)).hasToString(":1");
    assertThat(client.ask("FCALL", "one", 0)).hasToString(":1");
    assertThat(client.ask("FCALL_RO", "one", 0)).hasToString(":1");
    client.ask("MULTI");
    client.ask("EVAL", code, 0);
    assertThat(client.ask("EXEC")).hasToString("*[:1]");
    assertThat(client.ask("SET", "key").toString()).contains("wrong number of arguments");
    client.send(Command.of("EVAL", "#!lua\nreturn 1", 0)).flush();
    Await.until("held", SOON, () -> blockedClients().contains("blocked_clients:1\r\n"));
    operator.ask("CLIENT", "UNPAUSE");
    assertThat(client.receive()).hasToString(":1");
  }

  @Test
  void whatFollowsAHeldWriteInThePipelineWaitsWithIt() throws IOException {
    operator.ask("CLIENT", "PAUSE", LONG_MS, "WRITE");
    client.send(Command.of("GET", "key"));
    client.send(Command.of("SET", "key", "after"));
    client.send(Command.of("GET", "key")).flush();

    assertThat(client.receive()).hasToString("$\"before\"");
    assertThat(operator.ask("PING")).hasToString("+PONG");
    assertThat(client.hasReply()).isFalse();
    operator.ask("CLIENT", "UNPAUSE");
    assertThat(client.receive()).hasToString("+OK");
    assertThat(client.receive()).hasToString("$\"after\"");
  }

  @Test
  void keysWhoseTimeIsOverAreGoneForReadersButStayWhereTheyAre() throws Exception {
    operator.ask("MULTI");
    operator.ask("SET", "short", "life", "PX", 1);
    operator.ask("CLIENT", "PAUSE", LONG_MS, "WRITE");
    operator.ask("EXEC");
    Await.until("over", SOON, () -> client.ask("GET", "short").isNil());

    assertThat(client.ask("EXISTS", "short")).hasToString(":0");
    assertThat(client.ask("DBSIZE")).hasToString(":2");
    assertThat(client.ask("INFO", "stats").text()).contains("expired_keys:0\r\n");
    operator.ask("CLIENT", "UNPAUSE");
    Await.until("removed", SOON, () -> client.ask("DBSIZE").toString().equals(":1"));
    assertThat(client.ask("INFO", "stats").text()).contains("expired_keys:1\r\n");
  }

  @Test
  void aPauseOfEverythingHoldsReadsAndEndsByItself() throws IOException {
    long start = System.nanoTime();
    operator.ask("CLIENT", "PAUSE", SHORT_MS);

    assertThat(client.ask("GET", "key")).hasToString("$\"before\"");
    assertThat(elapsedMs(start)).isGreaterThanOrEqualTo(SHORT_MS - 1);
  }

  @Test
  void aPauseOfWritesEndsByItself() throws IOException {
    long start = System.nanoTime();
    operator.ask("CLIENT", "PAUSE", SHORT_MS, "WRITE");

    assertThat(client.ask("INCR", "counter")).hasToString(":1");
    assertThat(elapsedMs(start)).isGreaterThanOrEqualTo(SHORT_MS - 1);
  }

  private static long elapsedMs(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  private String blockedClients() throws IOException {
    return operator.ask("INFO", "clients").text();
  }
}
