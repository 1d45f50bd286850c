package pika.net.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;
import pika.net.Timed;
import pika.net.resp.Reply;

/** The cost of putting one reply into request order, in a deep pipeline. */
public class ReplyQueueBenchmark extends Timed {
  private static final int PIPELINE = 64;

  private final ReplyQueue queue = new ReplyQueue();
  private final Reply reply = Reply.integer(1);
  private final int[] shuffled = shuffled();

  /** As a pass of the loop does it if nothing has to wait. */
  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public void answeredInOrder(Blackhole sink) {
    long first = admitAll();
    for (int i = 0; i < PIPELINE; i++) {
      queue.complete(first + i, reply);
    }
    pollAll(sink);
  }

  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public void answeredInAnyOrder(Blackhole sink) {
    long first = admitAll();
    for (int place : shuffled) {
      queue.complete(first + place, reply);
    }
    pollAll(sink);
  }

  /** A message follows each reply, as with invalidations. */
  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public void answeredWithPushes(Blackhole sink) {
    long first = admitAll();
    for (int i = 0; i < PIPELINE; i++) {
      queue.complete(first + i, reply);
      queue.push(reply, 0);
    }
    pollAll(sink);
  }

  private long admitAll() {
    long first = queue.tail();
    for (int i = 0; i < PIPELINE; i++) {
      queue.admit(100);
    }
    return first;
  }

  private void pollAll(Blackhole sink) {
    for (Reply next = queue.poll(); next != null; next = queue.poll()) {
      sink.consume(next);
    }
  }

  private static int[] shuffled() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < PIPELINE; i++) {
      places.add(i);
    }
    Collections.shuffle(places, new Random(1));
    return places.stream().mapToInt(Integer::intValue).toArray();
  }
}
