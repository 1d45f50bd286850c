package pika.server.script;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.config.QuotedWords;

/** Parses the first line of a script: {@code #!lua flags=no-writes,allow-oom}. */
final class Shebang {
  private static final String MARK = "#!";
  private static final String ENGINE = "#!lua";
  private static final String FLAGS = "flags=";

  private Shebang() {}

  /** Returns the script in a body; without such a line it declares nothing. */
  static Script parse(String sha1, byte[] body) {
    if (body.length < 2 || body[0] != MARK.charAt(0) || body[1] != MARK.charAt(1)) {
      return new Script(sha1, body, false, Set.of());
    }
    int end = 0;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    if (end == body.length) {
      throw new CommandException("ERR Invalid script shebang");
    }
    List<String> words = words(Args.text(Arrays.copyOf(body, end)));
    if (!words.get(0).equals(ENGINE)) {
      throw new CommandException("ERR Unexpected engine in script shebang: " + words.get(0));
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (String option : words.subList(1, words.size())) {
      if (!option.startsWith(FLAGS)) {
        throw new CommandException("ERR Unknown lua shebang option: " + option);
      }
      addFlags(option.substring(FLAGS.length()), flags);
    }
    // The line break stays, so that line numbers are unchanged.
    return new Script(sha1, Arrays.copyOfRange(body, end, body.length), true, flags);
  }

  private static List<String> words(String line) {
    List<String> words = QuotedWords.words(line);
    if (words == null || words.isEmpty()) {
      throw new CommandException("ERR Invalid engine in script shebang");
    }
    return words;
  }

  private static void addFlags(String names, Set<ScriptFlag> to) {
    if (names.isEmpty()) {
      return;
    }
    for (String name : names.split(",", -1)) {
      ScriptFlag flag = ScriptFlag.of(name);
      if (flag == null) {
        throw new CommandException("ERR Unexpected flag in script shebang: " + name);
      }
      to.add(flag);
    }
  }
}
