package pika.server.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.InlineCommand;
import pika.net.resp.ProtocolException;

/**
 * Lines of the configuration: words as in an {@link InlineCommand}, in UTF-8.
 */
public final class QuotedWords {
  private QuotedWords() {}

  /**
   * The words of a line.
   *
   * @throws BadValueException for a quote that is not closed or not followed by a blank, and for
   *     bytes that are no UTF-8
   */
  static List<String> split(String line) throws BadValueException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try {
      List<String> words = new ArrayList<>();
      for (byte[] word : InlineCommand.split(bytes, 0, bytes.length)) {
        words.add(decode(word));
      }
      return words;
    } catch (ProtocolException e) {
      throw new BadValueException("Unbalanced quotes in configuration line");
    }
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
}
