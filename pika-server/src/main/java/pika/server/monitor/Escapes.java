package pika.server.monitor;

/** Formats bytes as text on one line that can be read and pasted. */
final class Escapes {
  private static final String DIGITS = "0123456789abcdef";

  private Escapes() {}

  static void append(StringBuilder out, byte[] bytes) {
    for (byte b : bytes) {
      append(out, (char) (b & 0xff));
    }
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '\\', '"' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      default -> {
        if (c >= ' ' && c <= '~') {
          out.append(c);
        } else {
          out.append("\\x").append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
        }
      }
    }
  }
}
