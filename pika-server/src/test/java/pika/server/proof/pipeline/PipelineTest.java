package pika.server.proof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/**
 * 64 connections at once, each with bursts of 1 to 10,000 commands of very different cost: every
 * reply comes in order and is right.
 */
final class PipelineTest {
  private static final int CONNECTIONS = 64;
  private static final int LIMIT_SECONDS = 120;

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void everyReplyOfEveryBurstComesInOrderAndIsRight() throws Exception {
    ServerProcess server = servers.subject();
    long seed = ProofSettings.seed();
    SharedData shared = new SharedData(seed);
    try (Wire wire = server.connect()) {
      shared.writeTo(wire);
    }
    ExecutorService threads = Executors.newFixedThreadPool(2 * CONNECTIONS);
    try {
      List<Future<?>> sides = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int connection = i;
        Wire wire = server.connect();
        Semaphore answered = new Semaphore(0);
        sides.add(threads.submit(() -> send(new Script(connection, seed, shared), wire, answered)));
        sides.add(
            threads.submit(() -> receive(new Script(connection, seed, shared), wire, answered)));
      }
      for (Future<?> side : sides) {
        side.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Writes burst after burst, each when the one before has been answered. */
  private static Void send(Script script, Wire wire, Semaphore answered) throws Exception {
    for (int size : script.bursts()) {
      for (int i = 0; i < size; i++) {
        wire.send(script.next().command());
      }
      wire.flush();
      answered.acquire();
    }
    return null;
  }

  private static Void receive(Script script, Wire wire, Semaphore answered) throws IOException {
    try (wire) {
      for (int size : script.bursts()) {
        for (int i = 0; i < size; i++) {
          script.next().verify(wire.in());
        }
        answered.release();
      }
      return null;
    }
  }
}
