package pika.server.proof.crash;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * One connection that writes without pause, up to fifty commands under way at a time, and notes
 * what is acknowledged, until the server is gone.
 */
final class Writer implements Callable<@Nullable Void> {
  private static final int MOST_UNDER_WAY = 50;

  private final Wire wire;
  private final Workload workload;
  private final SplittableRandom random;
  private final AtomicLong acknowledged;

  Writer(Wire wire, Workload workload, long seed, AtomicLong acknowledged) {
    this.wire = wire;
    this.workload = workload;
    this.random = new SplittableRandom(seed);
    this.acknowledged = acknowledged;
  }

  /** Fails when the server answers an error, or nothing. */
  @Override
  public Void call() throws IOException {
    try (wire) {
      while (true) {
        writeSome(1 + random.nextInt(MOST_UNDER_WAY));
      }
    } catch (EOFException | SocketException killed) {
      return null;
    }
  }

  private void writeSome(int count) throws IOException {
    List<Write> underWay = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Write write = workload.next();
      workload.ledger().sent(write);
      underWay.add(write);
      wire.send(write.command());
    }
    wire.flush();
    for (Write write : underWay) {
      RawReply reply = wire.receive();
      if (reply.isError()) {
        throw new AssertionError("> %s%n  < %s".formatted(write.command(), reply));
      }
      workload.ledger().acknowledge();
      acknowledged.incrementAndGet();
    }
  }
}
