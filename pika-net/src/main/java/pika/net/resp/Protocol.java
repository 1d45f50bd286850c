package pika.net.resp;

/**
 * The spelling of replies a connection has agreed on; every connection starts with {@link #RESP2}.
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
