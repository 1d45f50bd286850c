package pika.server.script.function;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.config.QuotedWords;

/** Parses the first line of a library, {@code #!lua name=mylib}. */
final class LibraryHeader {
  private static final String MARK = "#!";
  private static final String ENGINE = "lua";
  private static final String NAME = "name=";
  private static final String BAD_NAME =
      "Library names can only contain letters, numbers, or underscores(_) and must be at least one character long";

  private LibraryHeader() {}

  /**
   * Returns the library's name.
   *
   * @throws CommandException with Redis' text if the line is invalid
   */
  static String nameIn(byte[] code) {
    List<String> words = words(code);
    String name = null;
    for (String word : words.subList(1, words.size())) {
      if (!word.regionMatches(true, 0, NAME, 0, NAME.length())) {
        throw error("Invalid metadata value given: " + word);
      }
      if (name != null) {
        throw error("Invalid metadata value, name argument was given multiple times");
      }
      name = word.substring(NAME.length());
    }
    if (name == null) {
      throw error("Library name was not given");
    }
    if (!isName(name)) {
      throw error(BAD_NAME);
    }
    String engine = words.get(0).substring(MARK.length());
    if (!engine.toLowerCase(Locale.ROOT).equals(ENGINE)) {
      throw error("Engine '" + engine + "' not found");
    }
    return name;
  }

  /** Returns whether a name is valid for a library or a function. */
  static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(LibraryHeader::isNameLetter);
  }

  /**
   * Returns the code to compile: everything after the header, whose line break stays, so that line
   * numbers are unchanged.
   */
  static byte[] body(byte[] code) {
    int end = endOfLine(code);
    return Arrays.copyOfRange(code, end, code.length);
  }

  private static List<String> words(byte[] code) {
    String start =
        new String(code, 0, Math.min(MARK.length(), code.length), StandardCharsets.ISO_8859_1);
    if (!start.equals(MARK)) {
      throw error("Missing library metadata");
    }
    int end = endOfLine(code);
    if (end == code.length) {
      throw error("Invalid library metadata");
    }
    String line = new String(code, 0, end, StandardCharsets.ISO_8859_1);
    @Nullable List<String> words = QuotedWords.words(line);
    if (words == null || words.isEmpty()) {
      throw error("Invalid library metadata");
    }
    return words;
  }

  private static int endOfLine(byte[] code) {
    int end = 0;
    while (end < code.length && code[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isNameLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static CommandException error(String text) {
    return new CommandException("ERR " + text);
  }
}
