package pika.server.proof.differential;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/** The two servers did not do the same; the message says what each did. */
final class Disagreement extends Exception {
  private final @Nullable Command command;

  Disagreement(String what) {
    super(what);
    this.command = null;
  }

  Disagreement(Command command, RawReply oracle, RawReply subject) {
    super("> %s\n  redis < %s\n  ours  < %s%s"
        .formatted(command, oracle, subject, firstDifference(oracle, subject)));
    this.command = command;
  }

  /** The command that was answered differently, if it was one. */
  @Nullable
  Command command() {
    return command;
  }

  /** Long answers are printed cut; the place where they part may be beyond the cut. */
  private static String firstDifference(RawReply oracle, RawReply subject) {
    int at = Arrays.mismatch(oracle.bytes(), subject.bytes());
    return at < 64 ? "" : "\n  (the replies part at byte %d)".formatted(at);
  }
}
