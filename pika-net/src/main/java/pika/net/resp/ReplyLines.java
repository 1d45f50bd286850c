package pika.net.resp;

import java.nio.charset.StandardCharsets;

/**
 * The lines that replies are made of: everything but the bytes of long strings. At any split of the
 * stream, and never longer than a reply's line may be. Confined to one thread.
 */
final class ReplyLines {

  private final LineBuffer line = new LineBuffer();

  /**
   * Reads on in the line that goes on at {@code from}.
   *
   * @return the index behind the line, or -1 if its end is yet to come
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

  /** The line that is whole; one char for each byte. */
  String text() {
    return new String(line.bytes(), line.from(), line.length(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the line that is whole says that a value is absent. */
  boolean isAbsent() {
    byte[] bytes = line.bytes();
    return line.length() == 2 && bytes[line.from()] == '-' && bytes[line.from() + 1] == '1';
  }

  /** The line that is whole as the length of a string or a list. */
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

  /** Lets go of the line. */
  void release() {
    line.release();
  }
}
