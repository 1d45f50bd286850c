package pika.server.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How bytes look in transcripts and failure reports: as redis-cli writes them. A word of plain
 * characters stands for itself; anything else is quoted, with {@code \r \n \t \" \\} and {@code
 * \xHH}. In strings a character is a byte (Latin-1).
 */
public final class Notation {
  /** Longer arguments and values are cut in failure reports: nobody reads 70,000 bytes. */
  private static final int READABLE_BYTES = 80;

  private Notation() {}

  /** The bytes of a string whose characters are bytes. */
  public static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A word as it is where that is unambiguous, quoted otherwise. */
  static String word(byte[] bytes) {
    boolean plain = bytes.length > 0;
    for (byte b : bytes) {
      plain &= b > ' ' && b < 0x7f && b != '"' && b != '\\' && b != '\'';
    }
    return plain ? text(bytes) : quoted(bytes);
  }

  /** {@link #word}, cut when long; says then how long it was. */
  static String abridgedWord(byte[] bytes) {
    return bytes.length <= READABLE_BYTES ? word(bytes) : abridged(bytes);
  }

  /** {@link #quoted}, cut when long; says then how long it was. */
  static String abridgedQuoted(byte[] bytes) {
    return bytes.length <= READABLE_BYTES ? quoted(bytes) : abridged(bytes);
  }

  static String quoted(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
    for (byte b : bytes) {
      switch (b) {
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (b >= ' ' && b < 0x7f) {
            out.append((char) b);
          } else {
            out.append(String.format("\\x%02x", b));
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** The words of a line, or of several, quotes and escapes resolved. */
  public static List<byte[]> words(String line) {
    List<byte[]> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"') {
        at = quotedWord(line, at + 1, words);
      } else {
        int end = endOfWord(line, at);
        words.add(bytes(line.substring(at, end)));
        at = end;
      }
    }
    return words;
  }

  private static int endOfWord(String line, int start) {
    int end = start;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int quotedWord(String line, int start, List<byte[]> words) {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    int at = start;
    while (line.charAt(at) != '"') {
      char c = line.charAt(at++);
      if (c != '\\') {
        word.write(c);
        continue;
      }
      char escape = line.charAt(at++);
      switch (escape) {
        case 'r' -> word.write('\r');
        case 'n' -> word.write('\n');
        case 't' -> word.write('\t');
        case 'x' -> {
          word.write(Integer.parseInt(line.substring(at, at + 2), 16));
          at += 2;
        }
        default -> word.write(escape);
      }
    }
    words.add(word.toByteArray());
    return at + 1;
  }

  private static String abridged(byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, READABLE_BYTES / 2);
    return quoted(head) + "...(" + bytes.length + " bytes)";
  }
}
