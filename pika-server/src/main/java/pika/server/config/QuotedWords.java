package pika.server.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.InlineCommand;
import pika.net.resp.ProtocolException;

/** Splits and quotes configuration lines: words as in an {@link InlineCommand}, in UTF-8. */
public final class QuotedWords {
  private QuotedWords() {}

  /**
   * Splits a line into words.
   *
   * @throws BadValueException for a quote that is not closed or not followed by a blank, and for
   *     invalid UTF-8
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

  /** Splits a line with one char per byte into words; returns null if that is impossible. */
  public static @Nullable List<String> words(String latin1) {
    try {
      return split(latin1);
    } catch (BadValueException e) {
      return null;
    }
  }

  /** Quotes a text, if necessary, as one word that {@link #split} reads back. */
  static String quote(String text) {
    return text.indexOf(' ') < 0 ? quoteIfAny(text) : quoted(text);
  }

  /** Quotes words separated by single blanks, as a whole, if any of them needs it. */
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
   * Decodes UTF-8.
   *
   * @throws BadValueException for invalid UTF-8: a replacement character would silently change a
   *     password or a path
   */
  static String decode(byte[] bytes) throws BadValueException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadValueException("argument must be valid UTF-8 text");
    }
  }

  // A leading colon is not plain either: after a name it would make the line one of Pika's.
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
