package pika.net.resp;

import java.nio.charset.StandardCharsets;

/** Text for people, with a three-letter {@code format}; a bulk string in RESP2. */
public record VerbatimReply(String format, String text) implements Reply {
  public VerbatimReply {
    if (format.length() != 3) {
      throw new IllegalArgumentException("format must have three letters: " + format);
    }
  }

  @Override
  public void writeTo(RespWriter out) {
    out.verbatim(format, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
