package pika.net.resp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;
import pika.net.Timed;

/** The cost of encoding a reply; the replies of one pass are drained together, as the loop does. */
public class RespWriterBenchmark extends Timed {
  private static final int REPLIES = 64;

  @Param({"RESP2", "RESP3"})
  private Protocol protocol = Protocol.RESP2;

  private RespWriter writer;
  private List<Reply> integers;
  private List<Reply> bulks;
  private List<Reply> doubles;
  private Reply array;
  private Reply map;
  private Reply large;

  @Setup
  public void make() {
    Random random = new Random(1);
    writer = new RespWriter(protocol);
    integers = new ArrayList<>();
    bulks = new ArrayList<>();
    doubles = new ArrayList<>();
    for (int i = 0; i < REPLIES; i++) {
      integers.add(Reply.integer(random.nextInt(1_000_000)));
      bulks.add(bulk(random, 100));
      doubles.add(Reply.doubleValue(random.nextDouble() * 1000));
    }
    array = Reply.array(bulks(random, 100));
    map = Reply.map(bulks(random, 100));
    large = bulk(random, 1 << 20);
  }

  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void integer(Blackhole sink) {
    write(integers, sink);
  }

  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void bulkOf100Bytes(Blackhole sink) {
    write(bulks, sink);
  }

  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void doubleValue(Blackhole sink) {
    write(doubles, sink);
  }

  @Benchmark
  public void arrayOf100Bulks(Blackhole sink) {
    array.writeTo(writer);
    drain(sink);
  }

  @Benchmark
  public void mapOf50Pairs(Blackhole sink) {
    map.writeTo(writer);
    drain(sink);
  }

  @Benchmark
  public void bulkOf1Mb(Blackhole sink) {
    large.writeTo(writer);
    drain(sink);
  }

  private void write(List<Reply> replies, Blackhole sink) {
    for (Reply reply : replies) {
      reply.writeTo(writer);
    }
    drain(sink);
  }

  private void drain(Blackhole sink) {
    writer.drainTo(new RespWriter.Sink() {
      @Override
      public void lent(byte[] array, int offset, int length) {
        sink.consume(array);
        sink.consume(length);
      }

      @Override
      public void kept(byte[] array, int offset, int length) {
        lent(array, offset, length);
      }
    });
  }

  private static List<Reply> bulks(Random random, int count) {
    List<Reply> bulks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bulks.add(bulk(random, 16));
    }
    return bulks;
  }

  private static Reply bulk(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Reply.bulk(bytes);
  }
}
