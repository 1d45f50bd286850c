package pika.net.resp;

/**
 * Absence. RESP2 has one spelling for an absent value and one for an absent list; RESP3 has one for
 * both.
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
