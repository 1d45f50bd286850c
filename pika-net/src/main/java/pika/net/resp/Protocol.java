package pika.net.resp;

/**
 * The protocol version of a connection's replies; every connection starts with {@link #RESP2}.
 */
public enum Protocol {
  RESP2(2),
  RESP3(3);

  private final int version;

  Protocol(int version) {
    this.version = version;
  }

  /** The number HELLO uses for it. */
  public int version() {
    return version;
  }
}
