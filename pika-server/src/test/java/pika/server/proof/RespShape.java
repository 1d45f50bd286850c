package pika.server.proof;

import java.nio.charset.StandardCharsets;

/**
 * Where a reply ends, known from its header lines alone: how many bytes follow a line, and how many
 * further replies.
 */
final class RespShape {
  private RespShape() {}

  /**
   * Payload bytes that follow the header line in {@code [start, end)}, the closing CR LF included.
   */
  static int payloadBytes(byte[] buffer, int start, int end) {
    return switch (buffer[start]) {
      case '$', '=', '!' -> {
        long length = number(buffer, start, end);
        yield length < 0 ? 0 : Math.toIntExact(length + 2);
      }
      case '+', '-', ':', '*', '%', '~', '>', '|', '_', ',', '#', '(' -> 0;
      default -> throw new IllegalStateException("not a reply: " + line(buffer, start, end));
    };
  }

  /** Replies that follow the header line as its members; an attribute is followed by its reply. */
  static long repliesAfter(byte[] buffer, int start, int end) {
    return switch (buffer[start]) {
      case '*', '~', '>' -> Math.max(0, number(buffer, start, end));
      case '%' -> 2 * number(buffer, start, end);
      case '|' -> 2 * number(buffer, start, end) + 1;
      default -> 0;
    };
  }

  private static long number(byte[] buffer, int start, int end) {
    return Long.parseLong(line(buffer, start, end).substring(1));
  }

  private static String line(byte[] buffer, int start, int end) {
    return new String(buffer, start, end - start - 2, StandardCharsets.ISO_8859_1);
  }
}
