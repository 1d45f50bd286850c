package pika.net.resp;

/**
 * An error; {@code text} starts with its code, has no leading {@code -}, and one byte per char.
 *
 * @param isPassedOn whether it is told on behalf of a command within this one, where it was counted
 */
public record ErrorReply(String text, boolean isPassedOn) implements Reply {
  /** An error of the command's own. */
  public ErrorReply(String text) {
    this(text, false);
  }

  public ErrorReply {
    // A line break would end the reply early and desynchronise the client; Redis replaces it too,
    // but for those at the end.
    text = text.substring(0, end(text)).replace('\r', ' ').replace('\n', ' ');
  }

  private static int end(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
      end--;
    }
    return end;
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
