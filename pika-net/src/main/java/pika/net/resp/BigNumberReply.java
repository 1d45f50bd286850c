package pika.net.resp;

/** An integer of any size as decimal digits; a bulk string in RESP2. */
public record BigNumberReply(String digits) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.bigNumber(digits);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
