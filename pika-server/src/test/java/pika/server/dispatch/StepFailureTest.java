package pika.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;

/** Whatever a command throws, it gets an error reply and leaves no changes. */
final class StepFailureTest extends OnQueueServer {
  @Test
  void aCommandThatBreaksDownIsTakenBack() throws IOException {
    client.call("push", "q", "a");
    client.send("push", "r", "a");
    client.send("writeandfail", "q");
    client.send("push", "r", "b");

    assertThat(client.receive()).isEqualTo(Reply.integer(1));
    assertThat(error(client.receive())).startsWith("ERR internal error, incident ");
    assertThat(client.receive()).isEqualTo(Reply.integer(2));
    assertThat(client.call("length", "q")).isEqualTo(Reply.integer(1));
  }

  @Test
  void aTransactionThatBreaksDownIsOver() throws IOException {
    client.call("multi");
    assertThat(client.call("push", "q", "a")).isEqualTo(Reply.simple("QUEUED"));
    assertThat(error(client.call("exec"))).startsWith("OOM ");

    assertThat(client.call("length", "q")).isEqualTo(Reply.integer(0));
  }

  private static String error(Reply reply) {
    assertThat(reply).isInstanceOf(ErrorReply.class);
    return ((ErrorReply) reply).text();
  }
}
