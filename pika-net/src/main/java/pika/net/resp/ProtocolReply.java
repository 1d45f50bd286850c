package pika.net.resp;

/** A reply that changes the protocol of itself and of all that follow on its connection. */
record ProtocolReply(Protocol protocol, Reply reply) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.protocol(protocol);
    reply.writeTo(out);
  }
}
