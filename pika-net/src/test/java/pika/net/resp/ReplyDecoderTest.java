package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
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
  }

  @Test
  void saysWhenTheStreamEnds() {
    assertThatThrownBy(() -> decode("")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> decode("$5\r\nab")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> decode("*2\r\n:1\r\n")).isInstanceOf(EOFException.class);
  }

  @Test
  void refusesWhatIsNoReply() {
    assertThatThrownBy(() -> decode("x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode(":x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("$-2\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode(",x\r\n")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> decode("*1\r\n".repeat(1000))).isInstanceOf(ProtocolException.class);
  }

  private static Reply decode(String bytes) throws Exception {
    byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return new ReplyDecoder(new ByteArrayInputStream(raw)).read();
  }
}
