package pika.server.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a line into words as Redis does: at blanks, with {@code "double quotes"} around words that
 * hold blanks or the escapes {@code \n \r \t \b \a \xHH \" \\}, and {@code 'single quotes'} around
 * text without escapes except {@code \'}. A closing quote ends its word.
 *
 * <p>Works on bytes, because {@code \x} writes bytes; the words are UTF-8 in the end.
 */
public final class QuotedWords {
  private final byte[] line;
  private int at;

  private QuotedWords(byte[] line) {
    this.line = line;
  }

  /**
   * The words of a line.
   *
   * @throws BadValueException for a quote that is not closed or not followed by a blank, and for
   *     bytes that are no UTF-8
   */
  static List<String> split(String line) throws BadValueException {
    return new QuotedWords(line.getBytes(StandardCharsets.UTF_8)).split();
  }

  /** The words of a line of text, one byte for each char; null if they can't be told apart. */
  public static @Nullable List<String> words(String latin1) {
    try {
      return split(latin1);
    } catch (BadValueException e) {
      return null;
    }
  }

  /** The text as one word that {@link #split} reads back, in quotes where it needs them. */
  static String quote(String text) {
    return text.indexOf(' ') < 0 ? quoteIfAny(text) : quoted(text);
  }

  /** The same for words between single blanks: quotes around them all if one of them needs any. */
  static String quoteIfAny(String words) {
    boolean plain = words.chars().allMatch(c -> c == ' ' || isPlain(c));
    return words.isEmpty() || words.startsWith(":") || !plain ? quoted(words) : words;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      quoted.append(escaped(text.charAt(i)));
    }
    return quoted.append('"').toString();
  }

  /**
   * Bytes as text.
   *
   * @throws BadValueException when they are no UTF-8: a replacement character would silently
   * change a password or a path
   */
  static String decode(byte[] bytes) throws BadValueException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadValueException("argument must be valid UTF-8 text");
    }
  }

  // A colon in front is not plain either: behind a name it would make the line one of Pika's.
  private static boolean isPlain(int c) {
    return c > ' ' && c != 0x7f && c != '"' && c != '\'' && c != '\\';
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '"' -> "\\\"";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case 0x07 -> "\\a";
      default -> c < ' ' || c == 0x7f ? String.format("\\x%02x", (int) c) : String.valueOf(c);
    };
  }

  private List<String> split() throws BadValueException {
    List<String> words = new ArrayList<>();
    skipBlanks();
    while (at < line.length) {
      words.add(word());
      skipBlanks();
    }
    return words;
  }

  private void skipBlanks() {
    while (at < line.length && isBlank(line[at])) {
      at++;
    }
  }

  private String word() throws BadValueException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length && !isBlank(line[at])) {
      byte b = line[at++];
      if (b == '"') {
        doubleQuoted(word);
      } else if (b == '\'') {
        singleQuoted(word);
      } else {
        word.write(b);
      }
    }
    return decode(word.toByteArray());
  }

  private void doubleQuoted(ByteArrayOutputStream word) throws BadValueException {
    while (at < line.length && line[at] != '"') {
      byte b = line[at++];
      if (b == '\\' && at < line.length) {
        word.write(escape());
      } else {
        word.write(b);
      }
    }
    closeQuote();
  }

  private int escape() {
    byte b = line[at++];
    if (b == 'x' && at + 1 < line.length) {
      int high = Character.digit(line[at], 16);
      int low = Character.digit(line[at + 1], 16);
      if (high >= 0 && low >= 0) {
        at += 2;
        return high << 4 | low;
      }
    }
    return switch (b) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 0x07;
      default -> b;
    };
  }

  private void singleQuoted(ByteArrayOutputStream word) throws BadValueException {
    while (at < line.length && line[at] != '\'') {
      if (line[at] == '\\' && at + 1 < line.length && line[at + 1] == '\'') {
        at++;
      }
      word.write(line[at++]);
    }
    closeQuote();
  }

  private void closeQuote() throws BadValueException {
    at++;
    if (at > line.length || (at < line.length && !isBlank(line[at]))) {
      throw new BadValueException("Unbalanced quotes in configuration line");
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
