package pika.net.resp;

import org.jspecify.annotations.Nullable;

/**
 * A reply for many connections, encoded once per protocol. Compared by identity.
 */
final class SharedReply implements Reply {
  private final Reply reply;
  private volatile byte @Nullable [] resp2;
  private volatile byte @Nullable [] resp3;

  SharedReply(Reply reply) {
    this.reply = reply;
  }

  @Override
  public void writeTo(RespWriter out) {
    out.raw(in(out.protocol()));
  }

  long sizeBytes(Protocol protocol) {
    return in(protocol).length;
  }

  private byte[] in(Protocol protocol) {
    return protocol == Protocol.RESP3 ? inResp3() : inResp2();
  }

  // Two threads may both encode it; they produce the same bytes.
  private byte[] inResp2() {
    byte[] bytes = resp2;
    if (bytes == null) {
      bytes = encode(Protocol.RESP2);
      resp2 = bytes;
    }
    return bytes;
  }

  private byte[] inResp3() {
    byte[] bytes = resp3;
    if (bytes == null) {
      bytes = encode(Protocol.RESP3);
      resp3 = bytes;
    }
    return bytes;
  }

  private byte[] encode(Protocol protocol) {
    RespWriter writer = RespWriter.forMessage(protocol);
    reply.writeTo(writer);
    return writer.toByteArray();
  }
}
