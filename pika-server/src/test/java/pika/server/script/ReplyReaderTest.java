package pika.server.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.CommandException;

final class ReplyReaderTest {
  private final ReplyReader reader = new ReplyReader();

  @Test
  void whatNoArrayCanHoldIsAnError() {
    byte[] large = new byte[16 << 20];
    Reply reply = out -> {
      out.arrayHeader(200);
      for (int i = 0; i < 200; i++) {
        out.bulk(large, 0, large.length);
      }
    };
    assertThatThrownBy(() -> reader.read(reply, Protocol.RESP2))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("OOM ");
    reader.read(Reply.integer(7), Protocol.RESP2);
    assertThat(reader.integer()).isEqualTo(7);
  }
}
