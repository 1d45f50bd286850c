package pika.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import pika.server.command.Argument.Repeats;

/**
 * The arguments of a command in one line, close to how manuals write them:
 *
 * <pre>
 *   key value [NX|XX] [GET] [EX seconds:integer|PX milliseconds:integer|KEEPTTL]
 *
 *   name          a value, of type string (the name {@code key} alone means a key)
 *   name:type     a value of that type: string, key, integer, double, pattern, unix-time
 *   TOKEN         a fixed word, or one of the signs {@code = ~ * $}
 *   TOKEN name    a value after its word
 *   [ ... ]       optional;  ( ... ) grouped;  a|b inside either: one of them
 *   x...          one or more of x;  [TOKEN x]... repeats the token, too
 * </pre>
 */
final class Syntax {
  private static final String SPECIAL = "[]()|";
  private static final String SIGNS = "=~*$";
  private static final Pattern TYPE =
      Pattern.compile(":(string|integer|double|key|pattern|unix-time)\\b");

  private final String text;
  private int position;

  private Syntax(String text) {
    this.text = text;
  }

  /**
   * Parses the notation.
   *
   * @throws IllegalArgumentException if the notation is malformed
   */
  static List<Argument> parse(String text) {
    Syntax parser = new Syntax(text);
    List<Argument> arguments = parser.sequence();
    parser.skipBlanks();
    parser.require(parser.position == text.length());
    return arguments;
  }

  /** Returns the notation without types, for HELP. */
  static String display(String text) {
    return TYPE.matcher(text).replaceAll("").replace("...", " ...");
  }

  private List<Argument> sequence() {
    List<Argument> arguments = new ArrayList<>();
    for (skipBlanks(); position < text.length() && "])|".indexOf(peek()) < 0; skipBlanks()) {
      arguments.add(term());
    }
    return arguments;
  }

  private Argument term() {
    if (peek() == '[') {
      Argument inner = bracketed(']');
      Repeats each = inner.token().isEmpty() ? Repeats.VALUES : Repeats.WITH_TOKEN;
      return repeatedIfDotted(inner, each).asOptional();
    }
    if (peek() == '(') {
      return repeatedIfDotted(bracketed(')'), Repeats.VALUES);
    }
    String word = word();
    if (!isToken(word)) {
      return repeatedIfDotted(value(word), Repeats.VALUES);
    }
    skipBlanks();
    return nextIsValue() ? term().withToken(word) : Argument.token(word);
  }

  private Argument bracketed(char close) {
    position++;
    List<Argument> choices = new ArrayList<>();
    choices.add(joined(sequence()));
    while (position < text.length() && peek() == '|') {
      position++;
      choices.add(joined(sequence()));
    }
    require(position < text.length() && peek() == close);
    position++;
    return choices.size() == 1 ? choices.get(0) : Argument.group(Argument.Type.ONEOF, choices);
  }

  private Argument joined(List<Argument> sequence) {
    require(!sequence.isEmpty());
    return sequence.size() == 1 ? sequence.get(0) : Argument.group(Argument.Type.BLOCK, sequence);
  }

  private Argument repeatedIfDotted(Argument argument, Repeats how) {
    if (!text.startsWith("...", position)) {
      return argument;
    }
    position += 3;
    return argument.repeated(how);
  }

  private Argument value(String word) {
    int colon = word.lastIndexOf(':');
    if (colon < 0) {
      return Argument.value(word, word.equals("key") ? Argument.Type.KEY : Argument.Type.STRING);
    }
    String type = word.substring(colon + 1).toUpperCase(Locale.ROOT).replace('-', '_');
    return Argument.value(word.substring(0, colon), Argument.Type.valueOf(type));
  }

  private String word() {
    int start = position;
    while (position < text.length()
        && peek() != ' '
        && SPECIAL.indexOf(peek()) < 0
        && !text.startsWith("...", position)) {
      position++;
    }
    require(position > start);
    return text.substring(start, position);
  }

  private boolean nextIsValue() {
    if (position == text.length() || "[])|".indexOf(peek()) >= 0) {
      return false;
    }
    int start = position;
    boolean isValue = peek() == '(' || !isToken(word());
    position = start;
    return isValue;
  }

  private static boolean isToken(String word) {
    char first = word.charAt(0);
    boolean isUpper = word.equals(word.toUpperCase(Locale.ROOT)) && Character.isLetter(first);
    return isUpper || (word.length() == 1 && SIGNS.indexOf(first) >= 0);
  }

  private char peek() {
    return text.charAt(position);
  }

  private void skipBlanks() {
    while (position < text.length() && peek() == ' ') {
      position++;
    }
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("'" + text + "' is wrong at " + position);
    }
  }
}
