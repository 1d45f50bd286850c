package pika.net.resp;

/**
 * An error; {@code text} starts with the error code, without the leading {@code -}, and has one
 * char per byte.
 *
 * @param isPassedOn whether it is the error of a nested command, which has already been counted
 */
public record ErrorReply(String text, boolean isPassedOn) implements Reply {
  /** The command's own error. */
  public ErrorReply(String text) {
    this(text, false);
  }

  public ErrorReply {
    // A line break would end the reply early and desynchronize the client. Like Redis, drop
    // trailing ones and replace the others.
    text = text.substring(0, end(text)).replace('\r', ' ').replace('\n', ' ');
  }

  private static int end(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
      end--;
    }
    return end;
  }

  /** The first word, by which clients distinguish errors: {@code ERR}, {@code WRONGTYPE}, ... */
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
