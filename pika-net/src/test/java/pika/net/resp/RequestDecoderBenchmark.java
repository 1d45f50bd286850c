package pika.net.resp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;
import pika.net.Timed;

/** The cost of decoding a request, depending on how its bytes arrive. */
public class RequestDecoderBenchmark extends Timed {
  private static final int REQUESTS = 64;
  /** Shorter than a request and no divisor of its length, so that it is split at every place. */
  private static final int PIECE_BYTES = 37;

  private static final int READ_BYTES = 64 * 1024;
  private static final int LARGE_BYTES = 1 << 20;

  private final RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
  private final byte[] gets = requests(0);
  private final byte[] sets = requests(100);
  private final byte[] inline =
      "get key:000000000001\r\n".repeat(REQUESTS).getBytes(StandardCharsets.US_ASCII);
  private final byte[] large = request(new Random(1), LARGE_BYTES);

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public void get(Blackhole sink) throws ProtocolException {
    decode(gets, gets.length, sink);
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public void setOf100Bytes(Blackhole sink) throws ProtocolException {
    decode(sets, sets.length, sink);
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public void setOf100BytesInPieces(Blackhole sink) throws ProtocolException {
    decode(sets, PIECE_BYTES, sink);
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public void inlineGet(Blackhole sink) throws ProtocolException {
    decode(inline, inline.length, sink);
  }

  @Benchmark
  public void setOf1MbInReads(Blackhole sink) throws ProtocolException {
    decode(large, READ_BYTES, sink);
  }

  private void decode(byte[] bytes, int pieceBytes, Blackhole sink) throws ProtocolException {
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + pieceBytes);
      while (at < end) {
        at = decoder.decode(bytes, at, end);
        if (decoder.hasRequest()) {
          sink.consume(decoder.takeArgs());
        }
      }
    }
  }

  /** Requests with a value of the given size, or without one. */
  private static byte[] requests(int valueBytes) {
    Random random = new Random(1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < REQUESTS; i++) {
      all.writeBytes(request(random, valueBytes));
    }
    return all.toByteArray();
  }

  private static byte[] request(Random random, int valueBytes) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    boolean isSet = valueBytes > 0;
    request.writeBytes((isSet ? "*3\r\n" : "*2\r\n").getBytes(StandardCharsets.US_ASCII));
    put(request, (isSet ? "SET" : "GET").getBytes(StandardCharsets.US_ASCII));
    String key = String.format("key:%012d", random.nextInt(1_000_000));
    put(request, key.getBytes(StandardCharsets.US_ASCII));
    if (isSet) {
      byte[] value = new byte[valueBytes];
      random.nextBytes(value);
      put(request, value);
    }
    return request.toByteArray();
  }

  private static void put(ByteArrayOutputStream request, byte[] argument) {
    request.writeBytes(("$" + argument.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(argument);
    request.write('\r');
    request.write('\n');
  }
}
