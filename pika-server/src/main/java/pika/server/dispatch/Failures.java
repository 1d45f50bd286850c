package pika.server.dispatch;

import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.ErrorReplies;
import pika.server.command.KeyScope;
import pika.server.stats.ErrorStats;
import pika.storage.rocks.StorageException;

/** Answers commands that have failed, and counts the errors. Thread-safe. */
final class Failures {
  private final CommandTable table;
  private final ErrorStats counts;
  private final ErrorReplies replies = new ErrorReplies();

  Failures(CommandTable table, ErrorStats counts) {
    this.table = table;
    this.counts = counts;
  }

  /** Counts an error reply by its code. */
  void count(String code) {
    counts.count(code);
  }

  /** Returns the reply for what a command has thrown. */
  Reply thrown(CommandSpec spec, Throwable thrown) {
    ErrorReply reply = replies.of(thrown, spec);
    counts.count(reply.code());
    return reply;
  }

  /**
   * Returns the reply to send after the commit has failed: the error, or the original reply of a
   * command without keys.
   */
  Reply afterCommit(Request request, Reply reply, StorageException failure) {
    CommandSpec spec = table.find(request.args());
    return spec == null || spec.scope() == KeyScope.NONE ? reply : thrown(spec, failure);
  }
}
