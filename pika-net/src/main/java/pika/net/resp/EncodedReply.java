package pika.net.resp;

/** A reply that was encoded before it reached the event loop. Compared by identity. */
final class EncodedReply implements Reply {
  private final byte[] bytes;

  EncodedReply(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public void writeTo(RespWriter out) {
    out.raw(bytes);
  }
}
