package pika.server.proof.differential;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RawReply;

/** The two servers did not do the same; the message says what each did. */
final class Disagreement extends Exception {
  private static final int EXCERPT_BYTES = 40;

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

  /** Long answers are printed cut; this shows them around the place where they part. */
  private static String firstDifference(RawReply oracle, RawReply subject) {
    int at = Arrays.mismatch(oracle.bytes(), subject.bytes());
    if (at < EXCERPT_BYTES) {
      return "";
    }
    return "\n  at byte %d: %s\n  ours:   %s"
        .formatted(at, excerpt(oracle, at), excerpt(subject, at));
  }

  private static String excerpt(RawReply reply, int at) {
    byte[] bytes = reply.bytes();
    int start = Math.max(0, at - EXCERPT_BYTES / 2);
    int end = Math.min(bytes.length, at + EXCERPT_BYTES);
    return RawReply.bulk(Notation.text(Arrays.copyOfRange(bytes, start, end))).toString();
  }
}
