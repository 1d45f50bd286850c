package pika.net.resp;

/** An error; {@code text} starts with its code, has no leading {@code -}, and one byte per char. */
public record ErrorReply(String text) implements Reply {
  public ErrorReply {
    // A line break would end the reply early and desynchronise the client; Redis replaces it too.
    text = text.replace('\r', ' ').replace('\n', ' ');
  }

  /** The first word, by which clients tell errors apart: {@code ERR}, {@code WRONGTYPE}, ... */
  public String code() {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  @Override
  public void writeTo(RespWriter out) {
    out.error(text);
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
