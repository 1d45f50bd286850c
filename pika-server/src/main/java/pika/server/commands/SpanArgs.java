package pika.server.commands;

import java.util.Arrays;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.storage.zset.MemberBound;
import pika.storage.zset.Order;
import pika.storage.zset.ScoreBound;
import pika.storage.zset.Span;

/**
 * Parses the ends of ranges in a sorted set: {@code 1}, {@code (1}, {@code -inf}; {@code [a},
 * {@code (a}, {@code -}.
 */
final class SpanArgs {
  private static final String NO_FLOAT = "ERR min or max is not a float";
  private static final String NO_MEMBER = "ERR min or max not valid string range item";

  private SpanArgs() {}

  static Span scores(byte[] min, byte[] max) {
    return Span.ofScores(score(min), score(max));
  }

  static Span members(byte[] min, byte[] max, Order order) {
    return Span.ofMembers(member(min), member(max), order);
  }

  private static ScoreBound score(byte[] arg) {
    boolean excluded = arg.length > 0 && arg[0] == '(';
    double score = Args.parseDoubleLeniently(arg, excluded ? 1 : 0, NO_FLOAT);
    return excluded ? ScoreBound.excluding(score) : ScoreBound.including(score);
  }

  private static MemberBound member(byte[] arg) {
    if (arg.length == 0) {
      throw new CommandException(NO_MEMBER);
    }
    return switch (arg[0]) {
      case '[' -> MemberBound.including(tail(arg));
      case '(' -> MemberBound.excluding(tail(arg));
      case '-' -> end(arg, MemberBound.LEAST);
      case '+' -> end(arg, MemberBound.GREATEST);
      default -> throw new CommandException(NO_MEMBER);
    };
  }

  /** Checks that the sign is alone or, as in C, followed by a zero byte. */
  private static MemberBound end(byte[] arg, MemberBound bound) {
    if (arg.length > 1 && arg[1] != 0) {
      throw new CommandException(NO_MEMBER);
    }
    return bound;
  }

  private static byte[] tail(byte[] arg) {
    return Arrays.copyOfRange(arg, 1, arg.length);
  }
}
