package pika.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What COMMAND DOCS and HELP report about a command.
 *
 * @param since the Redis version that introduced it; for our own commands, our version
 * @param complexity empty where Redis gives none either
 * @param syntax the arguments in one line, in the notation of {@link Syntax}
 * @param arguments the same as a tree
 * @param replaced non-null for a deprecated command
 */
public record Docs(
    Group group,
    String since,
    String complexity,
    String summary,
    String syntax,
    List<Argument> arguments,
    @Nullable Replaced replaced) {

  /** The version that deprecated the command, and its replacement. */
  public record Replaced(String since, String by) {}

  static Docs of(Group group, String since, String complexity, String summary, String syntax) {
    return new Docs(group, since, complexity, summary, syntax, Syntax.parse(syntax), null);
  }

  Docs withReplaced(Replaced replacement) {
    return new Docs(group, since, complexity, summary, syntax, arguments, replacement);
  }
}
