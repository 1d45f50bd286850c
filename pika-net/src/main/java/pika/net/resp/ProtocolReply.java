package pika.net.resp;

/** Switches the connection's protocol for the inner reply and everything after it. */
record ProtocolReply(Protocol protocol, Reply reply) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.protocol(protocol);
    reply.writeTo(out);
  }
}
