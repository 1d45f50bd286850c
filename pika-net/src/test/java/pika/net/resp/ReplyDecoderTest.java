package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyDecoderTest {

  @Test
  void tellsAbsentValuesAndListsApart() throws Exception {
    assertThat(decode("$-1\r\n")).isSameAs(Reply.NULL);
    assertThat(decode("*-1\r\n")).isSameAs(Reply.NULL_ARRAY);
    assertThat(decode("_\r\n")).isSameAs(Reply.NULL);
  }

  @Test
  void readsBlobErrorsAndSkipsAttributes() throws Exception {
    assertThat(decode("!5\r\nERR x\r\n")).isEqualTo(Reply.error("ERR x"));
    assertThat(decode("|1\r\n+ttl\r\n:3\r\n:7\r\n")).isEqualTo(Reply.integer(7));
    assertThat(decode("*2\r\n|1\r\n+ttl\r\n*0\r\n:7\r\n|0\r\n%0\r\n"))
        .isEqualTo(Reply.array(Reply.integer(7), Reply.map(List.of())));
  }

  @Test
  void waitsForTheEnd() throws Exception {
    for (String part : List.of("$5\r\nab", "$2\r\nab\r", "*2\r\n:1\r\n", ":1", ":1\r", "%1\r\n")) {
      ReplyDecoder decoder = new ReplyDecoder();
      byte[] bytes = bytes(part);
      assertThat(decoder.decode(bytes, 0, bytes.length)).isEqualTo(bytes.length);
      assertThat(decoder.hasReply()).isFalse();
      assertThat(decoder.isBetween()).isFalse();
    }
  }

  @Test
  void refusesWhatIsNoReply() {
    assertThatThrownBy(() -> decode("x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode(":x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("$-2\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("$\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("$99999999999999999999\r\n"))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("%2147483600\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode(",x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("+a\rb")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("+" + "x".repeat(70_000)))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("*1\r\n".repeat(1000))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void readsAndCountsTheSameAtAnySplit() {
    Seeded.check(300, random -> {
      List<Reply> replies = new ArrayList<>();
      RespWriter writer = new RespWriter(Protocol.RESP3);
      for (int i = random.nextInt(20); i >= 0; i--) {
        replies.add(reply(random, 3));
        replies.get(replies.size() - 1).writeTo(writer);
      }
      byte[] bytes = writer.toByteArray();
      ReplyDecoder decoder = new ReplyDecoder();
      FrameCounter counter = new FrameCounter();
      List<Reply> read = new ArrayList<>();
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(200)));
        counter.countAll(bytes, from, to);
        while (from < to) {
          from = decoder.decode(bytes, from, to);
          if (decoder.hasReply()) {
            read.add(decoder.takeReply());
          }
        }
      }
      assertThat(read).isEqualTo(replies);
      assertThat(decoder.isBetween()).isTrue();
      assertThat(counter.isBetween()).isTrue();
      assertThat(counter.replies()).isEqualTo(replies.size());
      assertThat(counter.bytes()).isEqualTo(bytes.length);
      assertThat(counter.errors())
          .isEqualTo(replies.stream().filter(ErrorReply.class::isInstance).count());
    });
  }

  private static Reply reply(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 11)) {
      case 0 -> Reply.simple("x".repeat(random.nextInt(100)));
      case 1 -> Reply.error("ERR " + random.nextInt());
      case 2 -> Reply.integer(random.nextLong());
      case 3 -> Reply.bulk(new byte[random.nextInt(3000)]);
      case 4 -> Reply.NULL;
      case 5 -> Reply.doubleValue(random.nextGaussian());
      case 6 -> Reply.bool(random.nextBoolean());
      case 7 -> Reply.verbatim("txt", "x".repeat(random.nextInt(100)));
      case 8 -> Reply.array(replies(random, depth));
      case 9 -> Reply.set(replies(random, depth));
      default -> {
        List<Reply> pairs = new ArrayList<>(replies(random, depth));
        pairs.addAll(List.copyOf(pairs));
        yield Reply.map(pairs);
      }
    };
  }

  private static List<Reply> replies(Random random, int depth) {
    List<Reply> replies = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      replies.add(reply(random, depth - 1));
    }
    return replies;
  }

  private static Reply decode(String text) throws Exception {
    byte[] bytes = bytes(text);
    ReplyDecoder decoder = new ReplyDecoder();
    assertThat(decoder.decode(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    return decoder.takeReply();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
