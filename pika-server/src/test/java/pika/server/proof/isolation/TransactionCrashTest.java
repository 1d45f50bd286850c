package pika.server.proof.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * The process is killed while it executes transactions: each of them is there as a whole, or not at
 * all.
 */
final class TransactionCrashTest {
  private static final int CLIENTS = 4;
  private static final int KEYS = 10;
  private static final int ROUNDS = 3;
  private static final long ENOUGH = 300;

  @RegisterExtension
  final Servers servers = new Servers();

  private final AtomicLongArray acknowledged = new AtomicLongArray(CLIENTS);

  @Test
  void allOrNothing() throws Exception {
    ServerProcess server = servers.subject();
    for (int round = 0; round < ROUNDS; round++) {
      writeUntilKilled(server);
      server.startAgain();
      try (Wire wire = server.connect()) {
        for (int client = 0; client < CLIENTS; client++) {
          check(wire, client);
        }
      }
    }
  }

  private void writeUntilKilled(ServerProcess server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> clients = new ArrayList<>();
    long[] goals = new long[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      goals[i] = acknowledged.get(i) + ENOUGH;
      clients.add(threads.submit(() -> write(server, client)));
    }
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      Await.until(
          "transactions", Duration.ofSeconds(60), () -> acknowledged.get(client) >= goals[client]);
    }
    server.kill();
    for (Future<?> each : clients) {
      each.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();
  }

  /** Sets all keys of a client to one number after the other. */
  private void write(ServerProcess server, int client) {
    try (Wire wire = server.connect()) {
      while (true) {
        long next = acknowledged.get(client) + 1;
        List<Command> commands = new ArrayList<>();
        commands.add(Command.of("MULTI"));
        for (int i = 0; i < KEYS; i++) {
          commands.add(Command.of("SET", key(client, i), next));
          commands.add(Command.of("HSET", key(client, i) + ":hash", "field", next));
        }
        commands.add(Command.of("EXEC"));
        List<RawReply> replies = wire.askAll(commands);
        assertThat(replies.get(replies.size() - 1).elements()).hasSize(2 * KEYS);
        acknowledged.set(client, next);
      }
    } catch (IOException e) {
      // Killed.
    }
  }

  private void check(Wire wire, int client) throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      values.add(wire.ask("GET", key(client, i)).text());
      values.add(wire.ask("HGET", key(client, i) + ":hash", "field").text());
    }
    assertThat(values).containsOnly(values.get(0));
    long present = Long.parseLong(values.get(0));
    assertThat(present).isBetween(acknowledged.get(client), acknowledged.get(client) + 1);
    acknowledged.set(client, present);
  }

  private static String key(int client, int number) {
    return "client:" + client + ":" + number;
  }
}
