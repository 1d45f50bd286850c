package pika.server.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.proof.Await;
import pika.server.proof.ProofSettings;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * The server is killed (SIGKILL) while several connections write, round after round on the same
 * data. After each restart everything acknowledged in this and all earlier rounds is there, nothing
 * is torn, and DBSIZE is the number of keys.
 */
final class CrashTest {
  private static final int ROUNDS = 4;
  private static final int CONNECTIONS = 6;
  private static final int WRITES_PER_ROUND = 4000;
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(60);
  private static final Duration SOAK = Duration.ofMinutes(10);

  @RegisterExtension
  final Servers servers = new Servers();

  /** Random runs of threads cannot be repeated; the seed only varies them. */
  private final long seed = ProofSettings.seed();

  private final List<Workload> workloads = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"always", "everysec"})
  void whatWasAcknowledgedSurvivesTheKill(String appendfsync) throws Exception {
    assumePromised(appendfsync);
    ServerProcess server = servers.subject("--appendfsync", appendfsync);
    for (int round = 0; round < ROUNDS; round++) {
      writeAndKill(server, round);
      server.startAgain();
      check(server);
    }
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"always", "everysec"})
  void whatWasAcknowledgedSurvivesManyKills(String appendfsync) throws Exception {
    assumePromised(appendfsync);
    ServerProcess server = servers.subject("--appendfsync", appendfsync);
    long deadline = System.nanoTime() + ProofSettings.duration(SOAK).toNanos();
    for (int round = 0; System.nanoTime() < deadline; round++) {
      writeAndKill(server, round);
      server.startAgain();
      check(server);
    }
  }

  /** Redis holds writes back in its memory while the disk syncs; we do not. */
  private static void assumePromised(String appendfsync) {
    Assumptions.assumeFalse(ProofSettings.redisAsSubject() && appendfsync.equals("everysec"));
  }

  /**
   * Kills when about {@code WRITES_PER_ROUND} writes are acknowledged, wherever the rest is then.
   */
  private void writeAndKill(ServerProcess server, int round) throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Workload workload = new Workload("round" + round + ":" + i, seed + i);
      workloads.add(workload);
      Writer writer = new Writer(server.connect(), workload, seed + i, acknowledged);
      writers.add(threads.submit(writer));
    }
    try {
      Await.until(
          "writes are acknowledged",
          LOAD_LIMIT,
          () ->
              acknowledged.get() >= WRITES_PER_ROUND || writers.stream().anyMatch(Future::isDone));
      server.kill();
      for (Future<?> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
      assertThat(acknowledged).hasValueGreaterThanOrEqualTo(WRITES_PER_ROUND);
    } finally {
      threads.shutdownNow();
    }
  }

  private void check(ServerProcess server) throws IOException {
    try (Wire wire = server.connect()) {
      for (Workload workload : workloads) {
        workload.ledger().check(wire);
      }
      assertThat(wire.ask("DBSIZE").asLong()).isEqualTo(scannedKeys(wire));
    }
  }

  private static long scannedKeys(Wire wire) throws IOException {
    Set<RawReply> keys = new HashSet<>();
    String cursor = "0";
    do {
      List<RawReply> reply = wire.ask("SCAN", cursor, "COUNT", 100).elements();
      cursor = reply.get(0).text();
      keys.addAll(reply.get(1).elements());
    } while (!cursor.equals("0"));
    return keys.size();
  }
}
