package pika.net.resp;

/**
 * Null. RESP2 encodes a null value and a null array differently; RESP3 has one null for both.
 */
public enum NullReply implements Reply {
  VALUE,
  ARRAY;

  @Override
  public void writeTo(RespWriter out) {
    if (this == VALUE) {
      out.nullValue();
    } else {
      out.nullArray();
    }
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
