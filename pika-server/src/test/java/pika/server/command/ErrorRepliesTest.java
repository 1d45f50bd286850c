package pika.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;

final class ErrorRepliesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ErrorReplies.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final ErrorReplies replies = new ErrorReplies();
  private final CommandSpec spec = spec();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void theReplyToABugLeadsToItsStackTrace() {
    String text = replies.of(bug(1), spec).text();
    assertThat(text).startsWith("ERR internal error, incident ");
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage())
        .isEqualTo("broken failed because of a bug in the server, "
            + text.substring(text.indexOf("incident"))
            + "; please report it with this stack trace");
    assertThat(log.list.get(0).getThrowableProxy()).isNotNull();
  }

  @Test
  void aBugIsToldOnceHoweverOftenItIsMet() {
    String first = replies.of(bug(1), spec).text();
    String other = replies.of(bug(2), spec).text();
    for (int i = 0; i < 1000; i++) {
      assertThat(replies.of(bug(1), spec).text()).isEqualTo(first).isNotEqualTo(other);
    }
    assertThat(log.list).hasSize(2);
  }

  @Test
  void theLogIsNotFilledByEverNewBugs() {
    for (int i = 0; i < 1000; i++) {
      replies.of(bug(i), spec);
    }
    assertThat(log.list).hasSize(100);
  }

  /** Returns an exception thrown from a line of its own. */
  private static RuntimeException bug(int line) {
    RuntimeException bug = new IllegalStateException("not really");
    bug.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("Broken", "run", "Broken.java", line)});
    return bug;
  }

  private static CommandSpec spec() {
    CommandTable table = new CommandTable();
    table.add(() -> List.of(Row.command("broken", 1)
        .is(Group.SERVER, "1.0.0", "O(1)", "Breaks.", "")
        .runs(call -> Reply.OK)));
    return table.resolve(new byte[][] {Args.bytes("broken")});
  }
}
