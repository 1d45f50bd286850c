package pika.server.proof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * One key that everybody writes, some on the loop and some on the pool: whoever finds it locked
 * tries again, and neither the order of a connection's replies nor a change gets lost.
 */
final class HotKeyTest {
  private static final int CLIENTS = 12;
  private static final int BURSTS = 60;
  private static final int BURST = 40;
  /** A script that is too long for a loop keeps the key locked on a pool thread. */
  private static final int SCRIPTS = 40;

  private static final int SCRIPT_INCREMENTS = 2000;
  private static final int LIMIT_SECONDS = 60;

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void everyIncrementOfAKeyIsAnsweredOnceAndInOrder() throws Exception {
    ServerProcess server = servers.subject();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
    try {
      List<Future<?>> clients = new ArrayList<>();
      clients.add(threads.submit(() -> runScripts(server)));
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> increment(server)));
      }
      for (Future<?> client : clients) {
        client.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("GET", "hot").text())
          .isEqualTo("" + (CLIENTS * BURSTS * BURST + SCRIPTS * SCRIPT_INCREMENTS));
    }
  }

  private static Void runScripts(ServerProcess server) throws IOException {
    String script = "for i = 1, tonumber(ARGV[1]) do redis.call('incr', KEYS[1]) end";
    try (Wire wire = server.connect()) {
      for (int i = 0; i < SCRIPTS; i++) {
        wire.ask("EVAL", script, 1, "hot", SCRIPT_INCREMENTS);
      }
    }
    return null;
  }

  /** Between two increments of another key comes one of the hot one; both must only grow. */
  private static Void increment(ServerProcess server) throws IOException {
    try (Wire wire = server.connect()) {
      String own = "own:" + Thread.currentThread().getName();
      long hot = 0;
      long mine = 0;
      for (int i = 0; i < BURSTS; i++) {
        for (int j = 0; j < BURST; j++) {
          wire.send(Command.of("INCR", "hot"));
          wire.send(Command.of("INCR", own));
        }
        wire.flush();
        for (int j = 0; j < BURST; j++) {
          long now = wire.receive().asLong();
          assertThat(now).isGreaterThan(hot);
          hot = now;
          assertThat(wire.receive().asLong()).isEqualTo(++mine);
        }
      }
    }
    return null;
  }
}
