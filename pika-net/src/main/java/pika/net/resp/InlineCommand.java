package pika.net.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits an inline command into words separated by blanks. {@code "..."} supports the escapes
 * {@code \n \r \t \b \a \xHH}; {@code \} before any other byte stands for that byte. {@code '...'}
 * supports only {@code \'}. A closing quote must be followed by a blank or the end. A zero byte
 * ends the line; Redis, whose lines are C strings, would wait forever.
 */
public final class InlineCommand {

  private final byte[] line;
  private final int end;
  private int at;
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();

  private InlineCommand(byte[] line, int from, int end) {
    this.line = line;
    this.at = from;
    this.end = end;
  }

  /**
   * Splits the bytes from {@code from} to {@code to}.
   *
   * @throws ProtocolException if a quote is not closed or not followed by a blank
   */
  public static byte[][] split(byte[] line, int from, int to) throws ProtocolException {
    int end = from;
    while (end < to && line[end] != 0) {
      end++;
    }
    return new InlineCommand(line, from, end).words();
  }

  private byte[][] words() throws ProtocolException {
    List<byte[]> words = new ArrayList<>();
    for (skipBlanks(); at < end; skipBlanks()) {
      words.add(word());
    }
    return words.toArray(byte[][]::new);
  }

  private void skipBlanks() {
    while (at < end && isBlank(line[at])) {
      at++;
    }
  }

  private byte[] word() throws ProtocolException {
    word.reset();
    while (at < end && !isBreak(line[at])) {
      byte b = line[at++];
      if (b == '"') {
        doubleQuoted();
        break;
      }
      if (b == '\'') {
        singleQuoted();
        break;
      }
      word.write(b);
    }
    return word.toByteArray();
  }

  private void doubleQuoted() throws ProtocolException {
    while (at < end) {
      byte b = line[at++];
      if (b == '"') {
        closeQuote();
        return;
      }
      word.write(b == '\\' && at < end ? escaped() : b);
    }
    throw unbalanced();
  }

  private int escaped() {
    byte b = line[at++];
    if (b == 'x' && at + 1 < end) {
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
      case 'a' -> 7;
      default -> b;
    };
  }

  private void singleQuoted() throws ProtocolException {
    while (at < end) {
      byte b = line[at++];
      if (b == '\'') {
        closeQuote();
        return;
      }
      if (b == '\\' && at < end && line[at] == '\'') {
        b = line[at++];
      }
      word.write(b);
    }
    throw unbalanced();
  }

  private void closeQuote() throws ProtocolException {
    if (at < end && !isBlank(line[at])) {
      throw unbalanced();
    }
  }

  /** Separates words: C's isspace. */
  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Ends a word: fewer bytes than {@link #isBlank}, as in Redis. */
  private static boolean isBreak(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r' && b != 0x0b && b != 0x0c);
  }

  private static ProtocolException unbalanced() {
    return new ProtocolException("Protocol error: unbalanced quotes in request");
  }
}
