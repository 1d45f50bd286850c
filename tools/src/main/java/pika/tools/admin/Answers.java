package pika.tools.admin;

import java.io.IOException;
import java.util.List;
import pika.net.resp.AggregateReply;
import pika.net.resp.BulkReply;
import pika.net.resp.ErrorReply;
import pika.net.resp.IntegerReply;
import pika.net.resp.Reply;
import pika.net.resp.SimpleReply;
import pika.net.resp.VerbatimReply;

/** Converts replies to what they mean; an error reply becomes an exception with its text. */
final class Answers {

  private Answers() {}

  static String text(Reply reply) throws IOException {
    if (reply instanceof ErrorReply error) {
      throw new IOException(error.text());
    } else if (reply instanceof SimpleReply simple) {
      return simple.text();
    } else if (reply instanceof BulkReply bulk) {
      return bulk.text();
    } else if (reply instanceof VerbatimReply verbatim) {
      return verbatim.text();
    } else if (reply instanceof IntegerReply integer) {
      return Long.toString(integer.value());
    }
    return reply.toString();
  }

  static List<Reply> items(Reply reply) throws IOException {
    if (reply instanceof AggregateReply aggregate) {
      return aggregate.items();
    }
    throw new IOException("unexpected reply: " + text(reply));
  }
}
