package pika.net.resp;

/** A 64-bit integer. */
public record IntegerReply(long value) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.integer(value);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
