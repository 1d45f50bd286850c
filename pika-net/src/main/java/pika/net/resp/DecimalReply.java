package pika.net.resp;

/** A double whose digits are chosen by who makes the reply; written as a bulk in RESP2. */
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
