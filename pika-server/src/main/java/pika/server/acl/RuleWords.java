package pika.server.acl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.CommandException;

/** Rejoins the words of a selector that were split at blanks. */
public final class RuleWords {
  private RuleWords() {}

  /**
   * Joins words into rules: those from an opening parenthesis to the closing one form a single
   * rule.
   *
   * @throws CommandException with ACL SETUSER's error if a parenthesis stays open
   */
  public static List<String> join(List<String> words) {
    String open = unclosed(words);
    if (open != null) {
      throw new CommandException(
          "ERR Unmatched parenthesis in acl selector starting at '" + Args.printed(open) + "'.");
    }
    List<String> rules = new ArrayList<>();
    StringBuilder selector = new StringBuilder();
    for (String word : words) {
      if (selector.isEmpty() && !opens(word)) {
        rules.add(word);
        continue;
      }
      selector.append(selector.isEmpty() ? "" : " ").append(word);
      if (closes(word)) {
        rules.add(selector.toString());
        selector.setLength(0);
      }
    }
    return rules;
  }

  /** Returns the word whose parenthesis is never closed, null if there is none. */
  static @Nullable String unclosed(List<String> words) {
    String open = null;
    for (String word : words) {
      if (open == null) {
        open = opens(word) ? word : null;
      } else if (closes(word)) {
        open = null;
      }
    }
    return open;
  }

  private static boolean opens(String word) {
    return word.startsWith("(") && !closes(word);
  }

  private static boolean closes(String word) {
    return word.endsWith(")");
  }

  /** Splits a text at blanks. */
  static List<String> between(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split("[ \t\r\n]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
