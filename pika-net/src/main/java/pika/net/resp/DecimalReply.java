package pika.net.resp;

/** A double whose digits the caller formats; a bulk string in RESP2. */
public record DecimalReply(String digits) implements Reply {

  @Override
  public void writeTo(RespWriter out) {
    out.decimal(digits);
  }

  @Override
  public String toString() {
    return "(double) " + digits;
  }
}
