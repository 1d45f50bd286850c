package pika.net.resp;

/** A status such as {@code OK}; {@code text} has no line break and one char per byte. */
public record SimpleReply(String text) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    out.simple(text);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
