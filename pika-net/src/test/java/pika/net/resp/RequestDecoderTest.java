package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {

  /** The result of decoding a stream: requests as text, and the error that ended it, if any. */
  private static final class Outcome {
    final List<String> requests = new ArrayList<>();
    String error = "";

    @Override
    public String toString() {
      return requests + (error.isEmpty() ? "" : " then " + error);
    }
  }

  private final RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);

  @Test
  void readsArraysOfBulks() {
    assertThat(decode("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*1\r\n$4\r\nPING\r\n"))
        .hasToString("[GET|k, PING]");
  }

  @Test
  void readsInlineCommandsBetweenArrays() {
    assertThat(decode("set k 'a b'\r\n*1\r\n$4\r\nPING\r\nget k\n"))
        .hasToString("[set|k|a b, PING, get|k]");
  }

  @Test
  void skipsEmptyRequests() {
    assertThat(decode("\r\n   \r\n*0\r\n*-1\r\n*-100\r\nPING\r\n")).hasToString("[PING]");
  }

  @Test
  void keepsEmptyArgumentsAndLineBreaksInArguments() {
    assertThat(decode("*3\r\n$1\r\na\r\n$0\r\n\r\n$2\r\n\r\n\r\n")).hasToString("[a||\r\n]");
  }

  @Test
  void doesNotLookAtTheBytesBehindLengthsAndArguments() {
    assertThat(decode("*1\rx$4\rxPINGxx*1\r\n$4\r\nPING\r\n")).hasToString("[PING, PING]");
  }

  /** Verified against redis-server 7.0; {@code ~} stands for a line break. */
  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', textBlock = """
          *x~               | invalid multibulk length
          *~                | invalid multibulk length
          *01~              | invalid multibulk length
          *+1~              | invalid multibulk length
          *-0~              | invalid multibulk length
          *2147483648~      | invalid multibulk length
          *1~$-1~           | invalid bulk length
          *1~$x~            | invalid bulk length
          *1~$536870913~    | invalid bulk length
          *1~PING~          | expected '$', got 'P'
          PING "a~          | unbalanced quotes in request
          PING 'a~          | unbalanced quotes in request
          PING "a"b~        | unbalanced quotes in request
          PING 'a'b~        | unbalanced quotes in request
          """, delimiter = '|')
  void refusesInRedisWords(String input, String error) {
    assertThat(decode(input.replace("~", "\r\n")).error).isEqualTo("Protocol error: " + error);
  }

  @Test
  void refusesEndlessLines() {
    String endless = "1".repeat(RespLimits.MAX_LINE_BYTES);
    assertThat(decode(endless).error).isEmpty();
    assertThat(decodeAnew(endless + "1").error).isEqualTo("Protocol error: too big inline request");
    assertThat(decodeAnew("*" + endless).error)
        .isEqualTo("Protocol error: too big mbulk count string");
    assertThat(decodeAnew("*1\r\n$" + endless).error)
        .isEqualTo("Protocol error: too big bulk count string");
  }

  @Test
  void acceptsOnlySmallRequestsBeforeAuthentication() {
    decoder.authenticated(false);
    assertThat(decode("*10\r\n").error).isEmpty();
    RequestDecoder count = new RequestDecoder(RespLimits.DEFAULT);
    count.authenticated(false);
    assertThat(decode(count, bytes("*11\r\n"), 9).error)
        .isEqualTo("Protocol error: unauthenticated multibulk length");
    RequestDecoder length = new RequestDecoder(RespLimits.DEFAULT);
    length.authenticated(false);
    assertThat(decode(length, bytes("*1\r\n$16385\r\n"), 99).error)
        .isEqualTo("Protocol error: unauthenticated bulk length");
  }

  @Test
  void boundsARequestAsAWhole() {
    RequestDecoder small = new RequestDecoder(new RespLimits(100, 250));
    String argument = "$100\r\n" + "x".repeat(100) + "\r\n";
    assertThat(decode(small, bytes("*3\r\n" + argument.repeat(3)), 999).error)
        .isEqualTo("Protocol error: request exceeds client-query-buffer-limit");
  }

  @Test
  void asksForRoomBeforeItGrowsLarge() {
    List<Long> asked = new ArrayList<>();
    RequestDecoder asking = new RequestDecoder(RespLimits.DEFAULT, bytes -> {
      asked.add(bytes);
      return true;
    });
    String argument = "$1000000\r\n" + "x".repeat(1_000_000) + "\r\n";
    assertThat(decode(asking, bytes("*1\r\n" + argument), 50_000).error).isEmpty();
    assertThat(asked).containsExactly((long) RequestDecoder.TRUSTED_BYTES, 131_072L, 1_000_000L);
  }

  @Test
  void anySplitOfTheStreamGivesTheSameRequests() {
    Seeded.check(400, random -> {
      List<List<byte[]>> requests = randomRequests(random);
      byte[] stream = encode(requests, random);
      Outcome outcome = new Outcome();
      RequestDecoder split = new RequestDecoder(RespLimits.DEFAULT);
      for (int from = 0; from < stream.length; ) {
        int to = Math.min(stream.length, from + 1 + random.nextInt(1 << random.nextInt(18)));
        feed(split, Arrays.copyOfRange(stream, from, to), outcome);
        from = to;
      }
      assertThat(outcome.error).isEmpty();
      assertThat(outcome.requests)
          .containsExactlyElementsOf(
              requests.stream().map(RequestDecoderTest::show).toList());
    });
  }

  @Test
  void randomBytesComeToTheSameEndAtAnySplit() {
    byte[] alphabet = bytes("*$0123456789-\r\n\"'\\x aP\0\377");
    Seeded.check(3000, random -> {
      byte[] noise = new byte[random.nextInt(200)];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = random.nextInt(4) > 0
            ? alphabet[random.nextInt(alphabet.length)]
            : (byte) random.nextInt(256);
      }
      Outcome whole = decode(new RequestDecoder(RespLimits.DEFAULT), noise, noise.length);
      Outcome single = decode(new RequestDecoder(RespLimits.DEFAULT), noise, 1);
      assertThat(single).hasToString(whole.toString());
    });
  }

  @Test
  void allocatesNothingOnAClientsWord() {
    List<RequestDecoder> hostile = new ArrayList<>();
    byte[] promise = bytes("*2147483647\r\n$536870912\r\nx");
    long before = allocatedBytes();
    for (int i = 0; i < 50; i++) {
      RequestDecoder one = new RequestDecoder(RespLimits.DEFAULT);
      decode(one, promise, promise.length);
      hostile.add(one);
    }
    assertThat(allocatedBytes() - before).isLessThan(50L * 3 * RequestDecoder.TRUSTED_BYTES / 2);
    assertThat(hostile).allSatisfy(one -> assertThat(one.pendingBytes()).isLessThan(100));
  }

  @Test
  void aLargeArgumentCostsTimeAndMemoryLinearInItsSize() {
    int length = 64 << 20;
    byte[] piece = new byte[1000];
    long before = allocatedBytes();
    Outcome outcome = new Outcome();
    feed(decoder, bytes("*1\r\n$" + length + "\r\n"), outcome);
    for (int sent = 0; sent < length; sent += piece.length) {
      feedRaw(piece, Math.min(piece.length, length - sent));
    }
    feedRaw(bytes("\r\n"), 2);
    assertThat(decoder.hasRequest()).isTrue();
    assertThat(decoder.takeArgs()[0]).hasSize(length);
    assertThat(allocatedBytes() - before).isLessThan(3L * length);
  }

  @Test
  void holdsNoMemoryBetweenRequests() {
    decode("*2\r\n$3\r\nGET\r");
    decode("\n$1\r\nk\r\n");
    assertThat(decoder.pendingBytes()).isZero();
  }

  @Test
  void countsTheRoomThatAnArgumentHasBeforeItsBytesCome() {
    String start = "*1\r\n$1000000\r\n";
    decode(start + "x");
    assertThat(decoder.heldBytes()).isGreaterThanOrEqualTo(RequestDecoder.TRUSTED_BYTES);
    assertThat(decoder.pendingBytes()).isLessThan(100);
    decode("x".repeat(130_000));
    assertThat(decoder.heldBytes()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(decoder.pendingBytes()).isLessThan(131_000);
  }

  private void feedRaw(byte[] piece, int length) {
    try {
      decoder.decode(piece, 0, length);
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome decode(String text) {
    return decode(decoder, bytes(text), text.length());
  }

  private static Outcome decodeAnew(String text) {
    return decode(new RequestDecoder(RespLimits.DEFAULT), bytes(text), 1000);
  }

  private static Outcome decode(RequestDecoder decoder, byte[] stream, int step) {
    Outcome outcome = new Outcome();
    for (int from = 0; from < stream.length && outcome.error.isEmpty(); from += step) {
      int to = Math.min(from + step, stream.length);
      feed(decoder, Arrays.copyOfRange(stream, from, to), outcome);
    }
    return outcome;
  }

  private static void feed(RequestDecoder decoder, byte[] bytes, Outcome outcome) {
    try {
      for (int at = 0; at < bytes.length; ) {
        at = decoder.decode(bytes, at, bytes.length);
        if (decoder.hasRequest()) {
          outcome.requests.add(show(Arrays.asList(decoder.takeArgs())));
        }
      }
    } catch (ProtocolException e) {
      outcome.error = String.valueOf(e.getMessage());
    }
  }

  private static List<List<byte[]>> randomRequests(Random random) {
    List<List<byte[]>> requests = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      List<byte[]> args = new ArrayList<>();
      for (int j = random.nextInt(random.nextInt(20) == 0 ? 2000 : 5); j >= 0; j--) {
        byte[] arg = new byte[random.nextInt(random.nextInt(50) == 0 ? 100_000 : 40)];
        random.nextBytes(arg);
        args.add(arg);
      }
      requests.add(args);
    }
    return requests;
  }

  private static byte[] encode(List<List<byte[]>> requests, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (List<byte[]> args : requests) {
      int size = args.stream().mapToInt(arg -> arg.length).sum();
      if (size < 10_000 && random.nextInt(3) == 0) {
        encodeInline(args, out);
      } else {
        encodeArray(args, out);
      }
      if (random.nextInt(10) == 0) {
        out.writeBytes(bytes(random.nextBoolean() ? "\r\n" : "*0\r\n"));
      }
    }
    return out.toByteArray();
  }

  private static void encodeArray(List<byte[]> args, ByteArrayOutputStream out) {
    out.writeBytes(bytes("*" + args.size() + "\r\n"));
    for (byte[] arg : args) {
      out.writeBytes(bytes("$" + arg.length + "\r\n"));
      out.writeBytes(arg);
      out.writeBytes(bytes("\r\n"));
    }
  }

  private static void encodeInline(List<byte[]> args, ByteArrayOutputStream out) {
    for (byte[] arg : args) {
      StringBuilder quoted = new StringBuilder("\"");
      for (byte b : arg) {
        quoted.append(String.format("\\x%02x", b & 0xff));
      }
      out.writeBytes(bytes(quoted.append("\" ").toString()));
    }
    out.writeBytes(bytes("\n"));
  }

  private static String show(List<byte[]> args) {
    return String.join(
        "|",
        args.stream().map(arg -> new String(arg, StandardCharsets.ISO_8859_1)).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static long allocatedBytes() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
