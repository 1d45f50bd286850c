package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyTest {

  @Test
  void isSpelledTheSameInBothProtocols() {
    assertSpelled(Reply.OK, "+OK~", "+OK~");
    assertSpelled(Reply.error("ERR a\r\nb"), "-ERR a  b~", "-ERR a  b~");
    assertSpelled(
        Reply.integer(Long.MIN_VALUE), ":-9223372036854775808~", ":-9223372036854775808~");
    assertSpelled(Reply.bulk("é"), "$2~\u00c3\u00a9~", "$2~\u00c3\u00a9~");
    assertSpelled(Reply.bulk(new byte[] {1, 2, 3}, 1, 1), "$1~\2~", "$1~\2~");
    assertSpelled(Reply.array(Reply.ONE, Reply.EMPTY_ARRAY), "*2~:1~*0~", "*2~:1~*0~");
    assertSpelled(Reply.NONE, "", "");
    assertSpelled(Reply.sequence(List.of(Reply.ONE, Reply.OK)), ":1~+OK~", ":1~+OK~");
  }

  @Test
  void hasTypesOnlyInTheThirdProtocol() {
    assertSpelled(Reply.NULL, "$-1~", "_~");
    assertSpelled(Reply.NULL_ARRAY, "*-1~", "_~");
    assertSpelled(Reply.map(List.of(Reply.ONE, Reply.OK)), "*2~:1~+OK~", "%1~:1~+OK~");
    assertSpelled(Reply.set(List.of(Reply.ONE)), "*1~:1~", "~1~:1~".replaceFirst("~", "\0"));
    assertSpelled(Reply.push(List.of(Reply.ONE)), "*1~:1~", ">1~:1~");
    assertSpelled(Reply.doubleValue(0.1), "$19~0.10000000000000001~", ",0.10000000000000001~");
    assertSpelled(Reply.doubleValue(Double.NEGATIVE_INFINITY), "$4~-inf~", ",-inf~");
    assertSpelled(Reply.bool(true), ":1~", "#t~");
    assertSpelled(Reply.bool(false), ":0~", "#f~");
    assertSpelled(Reply.bigNumber("12345"), "$5~12345~", "(12345~");
    assertSpelled(Reply.verbatim("txt", "hi"), "$2~hi~", "=6~txt:hi~");
  }

  @Test
  void switchesTheProtocolWhenItIsWritten() {
    RespWriter writer = new RespWriter(Protocol.RESP2);
    Reply.NULL.writeTo(writer);
    Reply.protocol(Protocol.RESP3, Reply.NULL).writeTo(writer);
    Reply.NULL.writeTo(writer);
    assertThat(text(writer)).isEqualTo("$-1\r\n_\r\n_\r\n");
  }

  @Test
  void canBeEncodedAheadOfTime() {
    RespWriter writer = new RespWriter(Protocol.RESP2);
    Reply.encoded(Protocol.RESP3, Reply.map(List.of(Reply.NULL, Reply.ONE))).writeTo(writer);
    assertThat(text(writer)).isEqualTo("%1\r\n_\r\n:1\r\n");
  }

  @Test
  void comesBackFromTheWireAsItWas() {
    Seeded.check(2000, random -> {
      Reply reply = randomReply(random, 0);
      assertThat(decode(encode(reply, Protocol.RESP3))).isEqualTo(reply);
      Reply flat = decode(encode(reply, Protocol.RESP2));
      assertThat(encode(flat, Protocol.RESP2)).isEqualTo(encode(reply, Protocol.RESP2));
    });
  }

  @Test
  void looksAsInRedisCli() {
    Reply nested = Reply.array(
        Reply.ONE,
        Reply.array(Reply.bulk("a\n\"\u0001"), Reply.NULL),
        Reply.map(List.of(Reply.bulk("k"), Reply.set(List.of(Reply.OK)))),
        Reply.error("ERR no"));
    assertThat(nested).hasToString("""
            1) (integer) 1
            2) 1) "a\\n\\"\\x01"
               2) (nil)
            3) 1# "k" => 1~ OK
            4) (error) ERR no""");
    assertThat(Reply.EMPTY_ARRAY).hasToString("(empty array)");
  }

  private static Reply randomReply(Random random, int depth) {
    return switch (random.nextInt(depth < 4 ? 12 : 8)) {
      case 0 -> Reply.simple(word(random));
      case 1 -> Reply.error("ERR " + word(random));
      case 2 -> Reply.integer(random.nextLong() >> random.nextInt(64));
      case 3 -> Reply.bulk(randomBytes(random));
      case 4 -> Reply.NULL;
      case 5 -> Reply.doubleValue(Double.longBitsToDouble(random.nextLong()));
      case 6 -> Reply.bool(random.nextBoolean());
      case 7 -> Reply.verbatim("txt", word(random));
      case 8 -> Reply.array(items(random, depth, 1));
      case 9 -> Reply.map(items(random, depth, 2));
      case 10 -> Reply.set(items(random, depth, 1));
      default -> Reply.push(items(random, depth, 1));
    };
  }

  private static List<Reply> items(Random random, int depth, int times) {
    List<Reply> items = new ArrayList<>();
    for (int i = times * random.nextInt(5); i > 0; i--) {
      items.add(randomReply(random, depth + 1));
    }
    return items;
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 100_000 : 50)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String word(Random random) {
    return Long.toString(random.nextLong(), 36);
  }

  /** {@code ~} stands for a line break, a zero byte for a tilde. */
  private static void assertSpelled(Reply reply, String resp2, String resp3) {
    assertThat(text(encode(reply, Protocol.RESP2))).isEqualTo(unescape(resp2));
    assertThat(text(encode(reply, Protocol.RESP3))).isEqualTo(unescape(resp3));
  }

  private static String unescape(String spelled) {
    return spelled.replace("~", "\r\n").replace('\0', '~');
  }

  private static byte[] encode(Reply reply, Protocol protocol) {
    RespWriter writer = new RespWriter(protocol);
    reply.writeTo(writer);
    return writer.toByteArray();
  }

  private static Reply decode(byte[] bytes) throws Exception {
    ReplyDecoder decoder = new ReplyDecoder();
    decoder.decode(bytes, 0, bytes.length);
    return decoder.takeReply();
  }

  private static String text(RespWriter writer) {
    return text(writer.toByteArray());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
