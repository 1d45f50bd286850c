package pika.server.dispatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.stats.ErrorStats;
import pika.storage.key.DataException;
import pika.storage.key.WrongTypeException;
import pika.storage.rocks.StorageException;

/** The one map from an exception to the reply it means. Safe for many threads. */
public final class ErrorReplies {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

  private final ErrorStats stats;

  /** Counts what it answers. */
  public ErrorReplies(ErrorStats stats) {
    this.stats = stats;
  }

  /** The error reply for what {@code spec} (null when unknown) has thrown. */
  Reply reply(@Nullable CommandSpec spec, RuntimeException e) {
    String text = text(spec, e);
    int space = text.indexOf(' ');
    stats.count(space < 0 ? text : text.substring(0, space));
    return Reply.error(text);
  }

  private static String text(@Nullable CommandSpec spec, RuntimeException e) {
    if (e instanceof CommandException mistake) {
      return mistake.errorText();
    }
    if (e instanceof WrongTypeException) {
      return "WRONGTYPE Operation against a key holding the wrong kind of value";
    }
    if (e instanceof DataException problem) {
      return textOf(problem.problem());
    }
    if (e instanceof StorageException failure) {
      LOG.error("{} failed", spec == null ? "a commit" : spec.fullName(), failure);
      return "MISCONF The data could not be read from or written to disk: " + e.getMessage();
    }
    LOG.error("a bug in {}", spec == null ? "the dispatcher" : spec.fullName(), e);
    return "ERR internal error, see the server's log";
  }

  private static String textOf(DataException.Problem problem) {
    return switch (problem) {
      case NOT_AN_INTEGER -> "ERR value is not an integer or out of range";
      case NOT_A_FLOAT -> "ERR value is not a valid float";
      case OVERFLOW -> "ERR increment or decrement would overflow";
      case NAN_OR_INFINITY -> "ERR increment would produce NaN or Infinity";
      case STRING_TOO_LONG -> "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    };
  }
}
