package pika.net.resp;

/** A double; a bulk string in RESP2. */
public record DoubleReply(double value) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.doubleValue(value);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
