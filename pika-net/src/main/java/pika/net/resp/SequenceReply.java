package pika.net.resp;

import java.util.List;

/** Several replies to one request, or none. */
record SequenceReply(List<Reply> replies) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    for (Reply reply : replies) {
      reply.writeTo(out);
    }
  }
}
