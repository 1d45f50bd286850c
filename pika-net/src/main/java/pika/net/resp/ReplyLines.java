package pika.net.resp;

import java.nio.charset.StandardCharsets;

/**
 * The lines of replies: everything except the bytes of bulk strings. The stream may be split
 * anywhere; the length of a line is bounded. Confined to one thread.
 */
final class ReplyLines {

  private final LineBuffer line = new LineBuffer();

  /**
   * Continues the current line at {@code from}.
   *
   * @return the index after the line, or -1 if its end has not arrived yet
   */
  int read(byte[] in, int from, int to) throws ProtocolException {
    int next = line.find(in, from, to, '\r', 1);
    if (Math.max(line.length(), line.carriedBytes()) > RespLimits.MAX_LINE_BYTES) {
      throw new ProtocolException("Protocol error: a line too long");
    }
    if (next >= 0 && in[next - 1] != '\n') {
      throw new ProtocolException("Protocol error: expected LF after CR");
    }
    return next;
  }

  /** The complete line; one char per byte. */
  String text() {
    return new String(line.bytes(), line.from(), line.length(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the complete line is -1, the length of a null. */
  boolean isAbsent() {
    byte[] bytes = line.bytes();
    return line.length() == 2 && bytes[line.from()] == '-' && bytes[line.from() + 1] == '1';
  }

  /** The complete line as the length of a string or a list. */
  int length() throws ProtocolException {
    byte[] bytes = line.bytes();
    long length = line.length() == 0 ? -1 : 0;
    for (int i = line.from(); i < line.to() && length >= 0; i++) {
      int digit = bytes[i] - '0';
      length = digit < 0 || digit > 9 ? -1 : 10 * length + digit;
      length = length > RespLimits.MAX_ARRAY_BYTES ? -1 : length;
    }
    if (length < 0) {
      throw new ProtocolException("Protocol error: invalid length " + text());
    }
    return (int) length;
  }

  /** Releases the line. */
  void release() {
    line.release();
  }
}
