package pika.net.resp;

import java.util.List;

/** A reply that was encoded before it reached the event loop. Compared by identity. */
final class EncodedReply implements Reply {
  private final List<RespWriter.Range> parts;

  EncodedReply(List<RespWriter.Range> parts) {
    this.parts = parts;
  }

  @Override
  public void writeTo(RespWriter out) {
    for (RespWriter.Range part : parts) {
      out.raw(part.array(), part.offset(), part.length());
    }
  }
}
