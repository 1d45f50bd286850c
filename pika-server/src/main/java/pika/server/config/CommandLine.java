package pika.server.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.config.RawValue.Units;

/**
 * The server's arguments, as redis-server takes them: {@code [file] [-] [--name value ...] ...}. A
 * lone {@code -} first or last reads further lines from standard input. Every option acts as a line
 * after the file and the input. An option may also be a single argument with blanks,
 * {@code "--port 6380"}. The word after an option's name is its value even if it begins with two
 * hyphens (as a password may), except after {@code --save}.
 *
 * @param file null when no file is named
 */
record CommandLine(@Nullable String file, Input input, List<Directive> options) {
  enum Input {
    READ,
    NOT_READ
  }

  static CommandLine parse(List<String> arguments) {
    boolean named = !arguments.isEmpty() && !arguments.get(0).startsWith("-");
    List<String> rest = named ? arguments.subList(1, arguments.size()) : arguments;
    boolean first = !rest.isEmpty() && rest.get(0).equals("-") && !named;
    boolean last = !first && !rest.isEmpty() && rest.get(rest.size() - 1).equals("-");
    List<String> options = rest.subList(first ? 1 : 0, rest.size() - (last ? 1 : 0));
    return new CommandLine(
        named ? arguments.get(0) : null,
        first || last ? Input.READ : Input.NOT_READ,
        options(options));
  }

  private static List<Directive> options(List<String> arguments) {
    List<Directive> options = new ArrayList<>();
    int at = 0;
    while (at < arguments.size()) {
      List<String> words = nameAndInlineValues(arguments.get(at++));
      boolean valueIsNext = words.size() == 1 && !words.get(0).equalsIgnoreCase("save");
      while (at < arguments.size() && (valueIsNext || !arguments.get(at).startsWith("--"))) {
        words.add(arguments.get(at++));
        valueIsNext = false;
      }
      if (words.size() == 1 && words.get(0).equalsIgnoreCase("save")) {
        words.add("");
      }
      options.add(Directive.of(
          Origin.COMMAND_LINE, words.get(0), words.subList(1, words.size()), Units.REDIS));
    }
    return options;
  }

  private static List<String> nameAndInlineValues(String argument) {
    if (!argument.startsWith("--") || argument.length() == 2) {
      throw new ConfigException("unexpected argument '" + argument + "'");
    }
    try {
      List<String> words = new ArrayList<>(QuotedWords.split(argument.substring(2)));
      if (words.isEmpty()) {
        throw new ConfigException("unexpected argument '" + argument + "'");
      }
      return words;
    } catch (BadValueException e) {
      throw new ConfigException(argument + ": " + e.reason(), e);
    }
  }
}
