package pika.net.resp;

/** True or false; written as 1 or 0 in RESP2. */
public record BoolReply(boolean value) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.bool(value);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
