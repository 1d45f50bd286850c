package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * A script that doesn't end: who must wait for it is told, everybody else goes on, and it can be
 * killed.
 */
final class BusyTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BUSY =
      "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = servers.subject("--busy-reply-threshold", "100");
  }

  @Test
  void oneThatDeclaresNoKeysKeepsEverybodyWaiting() throws Exception {
    try (Wire script = server.connect();
        Wire other = server.connect()) {
      script.send(Command.of("EVAL", "while true do end", 0)).flush();

      Await.until("busy", SOON, () -> other.ask("PING").toString().equals(BUSY));
      assertThat(other.ask("SET", "k", "v")).hasToString(BUSY);
      kill(script, other);
      assertThat(other.ask("PING")).hasToString("+PONG");
      assertThat(other.ask("SCRIPT", "KILL").text()).contains("NOTBUSY");
    }
  }

  @Test
  void oneThatDeclaresKeysKeepsOnlyThoseWaitingWhoChangeThem() throws Exception {
    try (Wire script = server.connect();
        Wire other = server.connect()) {
      String code = "redis.call('SET', KEYS[1], 'x') while true do pcall(redis.call, 'NOSUCH') end";
      script.send(Command.of("EVAL", code, 1, "held")).flush();

      Await.until("busy", SOON, () -> other.ask("SET", "held", "y").toString().equals(BUSY));
      assertThat(other.ask("SET", "free", "v")).hasToString("+OK");
      assertThat(other.ask("GET", "free").text()).isEqualTo("v");
      // The thread that has answered BUSY is free a moment later.
      Await.until(
          "one thread is held", SOON, () -> other.figure("cpu", "pool_threads_active") == 1);
      kill(script, other);
      // What it had done is taken back; the SETs that came before it began are not.
      assertThat(other.ask("SET", "held", "z", "GET").toString()).doesNotContain("x");
    }
  }

  @Test
  void aTransactionThatWaitsInVainIsOver() throws Exception {
    try (Wire script = server.connect();
        Wire other = server.connect()) {
      String code = "redis.call('SET', KEYS[1], 'x') while true do pcall(redis.call, 'NOSUCH') end";
      script.send(Command.of("EVAL", code, 1, "wanted")).flush();
      Await.until("busy", SOON, () -> other.ask("SET", "wanted", "y").toString().equals(BUSY));

      other.ask("WATCH", "watched");
      other.ask("MULTI");
      assertThat(other.ask("SET", "wanted", "y")).hasToString("+QUEUED");
      assertThat(other.ask("EXEC"))
          .hasToString("-EXECABORT Transaction discarded because of: " + BUSY.substring(1));
      assertThat(other.ask("SET", "unwanted", "v")).hasToString("+OK");
      assertThat(other.ask("EXEC")).hasToString("-ERR EXEC without MULTI");
      assertThat(other.ask("CLIENT", "INFO").text()).contains("multi=-1");
      kill(script, other);
    }
  }

  @Test
  void infoTellsWhatIsThere() throws Exception {
    try (Wire client = server.connect()) {
      client.ask("SCRIPT", "FLUSH");
      client.ask("FUNCTION", "FLUSH");
      client.ask("SCRIPT", "LOAD", "return 1");
      String code =
          "#!lua name=two\nfor i = 1, 2 do redis.register_function('f' .. i, function() end) end";
      client.ask("FUNCTION", "LOAD", code);

      assertThat(client.ask("INFO", "memory").text())
          .contains("number_of_cached_scripts:1\r\n", "number_of_libraries:1\r\n")
          .contains("number_of_functions:2\r\n", "used_memory_scripts_eval:8\r\n")
          .contains("used_memory_functions:" + code.length() + "\r\n")
          .containsPattern("used_memory_lua:[1-9]")
          .containsPattern("used_memory_vm_functions:[1-9]");
    }
  }

  @Test
  void aFunctionIsEndedByItsOwnCommand() throws Exception {
    try (Wire function = server.connect();
        Wire other = server.connect()) {
      String code =
          "#!lua name=endless\nredis.register_function('endless', function() while true do end end)";
      other.ask("FUNCTION", "LOAD", "REPLACE", code);
      function.send(Command.of("FCALL", "endless", 0)).flush();

      String busy = BUSY.replace("SCRIPT KILL", "FUNCTION KILL");
      Await.until("busy", SOON, () -> other.ask("PING").toString().equals(busy));
      assertThat(other.ask("SCRIPT", "KILL")).hasToString(busy);
      assertThat(other.ask("FUNCTION", "STATS").toString()).contains("endless");
      assertThat(other.ask("FUNCTION", "KILL")).hasToString("+OK");
      assertThat(function.receive().text()).contains("Script killed by user with SCRIPT KILL");
      assertThat(other.ask("FUNCTION", "KILL").text()).contains("NOTBUSY");
    }
  }

  @Test
  void aScriptIsNotEndedByTheCommandForFunctions() throws Exception {
    try (Wire script = server.connect();
        Wire other = server.connect()) {
      script.send(Command.of("EVAL", "while true do end", 0)).flush();

      Await.until("busy", SOON, () -> other.ask("PING").toString().equals(BUSY));
      assertThat(other.ask("FUNCTION", "KILL")).hasToString(BUSY);
      assertThat(other.ask("FUNCTION", "STATS")).hasToString(BUSY);
      kill(script, other);
    }
  }

  private static void kill(Wire script, Wire other) throws IOException {
    assertThat(other.ask("SCRIPT", "KILL")).hasToString("+OK");
    assertThat(script.receive().text()).contains("Script killed by user with SCRIPT KILL");
  }
}
