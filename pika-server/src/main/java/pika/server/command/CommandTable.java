package pika.server.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All commands of the server. Filled by one thread at start, before the first connection, and never
 * changed afterwards, so it is safe to read from any thread.
 */
public final class CommandTable {
  /** How many bytes of an unknown name, and of its arguments, the error echoes, as in Redis. */
  private static final int ECHO_LIMIT = 128;

  private final List<CommandSpec> commands = new ArrayList<>();
  private final List<CommandSpec> specs = new ArrayList<>();
  private final NameMap<CommandSpec> byName = new NameMap<>();
  /** The commands by the names they are called by, which rename-command can change. */
  private NameMap<CommandSpec> called = byName;

  /**
   * Adds the commands of a family.
   *
   * @throws IllegalStateException if a name is taken
   */
  public void add(Family family) {
    for (Row row : family.commands()) {
      CommandSpec spec = new CommandSpec(row, specs.size(), null);
      byName.add(row.name, spec);
      commands.add(spec);
      specs.add(spec);
      specs.addAll(spec.subcommands());
    }
  }

  /**
   * Renames a command as Redis' rename-command does: statistics, rules and notifications still use
   * its own name. To be called when the table is complete.
   *
   * @param name the name it is called by so far
   * @param newName empty to make it uncallable
   * @throws IllegalArgumentException with Redis' error text if that is impossible
   */
  public void rename(String name, String newName) {
    CommandSpec spec = called.find(Args.bytes(name));
    if (spec == null) {
      throw new IllegalArgumentException("No such command in rename-command");
    }
    NameMap<CommandSpec> renamed = called.without(Args.bytes(name));
    commands.remove(spec);
    if (!newName.isEmpty()) {
      if (renamed.find(Args.bytes(newName)) != null) {
        throw new IllegalArgumentException("Target command name already exists");
      }
      renamed.add(newName.toLowerCase(Locale.ROOT), spec);
      commands.add(spec);
    }
    called = renamed;
  }

  /** Returns whether the command, or the container it belongs to, can be called at all. */
  public boolean isCalled(CommandSpec spec) {
    CommandSpec parent = spec.parent();
    return commands.contains(parent == null ? spec : parent);
  }

  /** Returns the commands without subcommands, in the order of their families. */
  public List<CommandSpec> commands() {
    return Collections.unmodifiableList(commands);
  }

  /** Returns commands and subcommands; each is at its {@link CommandSpec#index()}. */
  public List<CommandSpec> specs() {
    return Collections.unmodifiableList(specs);
  }

  /**
   * Returns the command called by this name, ignoring case; for a container's name, the container.
   */
  public @Nullable CommandSpec find(byte[] name) {
    return called.find(name);
  }

  /**
   * Returns the command or subcommand called by this name ({@code client|kill}), ignoring case; for
   * introspection.
   */
  public @Nullable CommandSpec findCalled(String fullName) {
    return find(called, fullName);
  }

  /**
   * Returns the command or subcommand with this name of its own, ignoring case; for rules and
   * settings, which are independent of renaming.
   */
  public @Nullable CommandSpec findFullName(String fullName) {
    return find(byName, fullName);
  }

  private static @Nullable CommandSpec find(NameMap<CommandSpec> names, String fullName) {
    int bar = fullName.indexOf('|');
    if (bar < 0) {
      return names.find(Args.bytes(fullName));
    }
    CommandSpec parent = names.find(Args.bytes(fullName.substring(0, bar)));
    return parent == null ? null : parent.subcommand(Args.bytes(fullName.substring(bar + 1)));
  }

  /**
   * Returns the command or subcommand that a request calls, whatever its arity; null when there is
   * none.
   */
  public @Nullable CommandSpec find(byte[][] args) {
    CommandSpec spec = called.find(args[0]);
    if (spec == null || spec.subcommands().isEmpty() || args.length == 1) {
      return spec;
    }
    return spec.subcommand(args[1]);
  }

  /**
   * Returns the command or subcommand that a request calls.
   *
   * @throws CommandException if it does not exist, or does not take this number of arguments
   */
  public CommandSpec resolve(byte[][] args) {
    CommandSpec spec = find(args);
    if (spec == null) {
      throw new CommandException(unknown(args));
    }
    if (!spec.accepts(args.length)) {
      throw CommandException.wrongArity(spec.fullName());
    }
    return spec;
  }

  /**
   * Returns the command or subcommand that a request calls which was {@linkplain #resolve resolved}
   * before.
   */
  public CommandSpec resolved(byte[][] args) {
    CommandSpec spec = find(args);
    if (spec == null) {
      throw new IllegalStateException("an unknown command was resolved");
    }
    return spec;
  }

  private String unknown(byte[][] args) {
    if (called.find(args[0]) != null) {
      String container = Args.text(args[0]).toUpperCase(Locale.ROOT);
      return "ERR unknown subcommand '"
          + echo(args[1], ECHO_LIMIT)
          + "'. Try "
          + container
          + " HELP.";
    }
    StringBuilder echoed = new StringBuilder();
    for (int i = 1; i < args.length && echoed.length() < ECHO_LIMIT; i++) {
      String arg = echo(args[i], ECHO_LIMIT - echoed.length());
      echoed.append('\'').append(arg).append("' ");
    }
    return "ERR unknown command '"
        + echo(args[0], ECHO_LIMIT)
        + "', with args beginning with: "
        + echoed;
  }

  // Redis prints them as C strings, so a zero byte ends them; Args.text keeps one char per byte.
  private static String echo(byte[] arg, int limit) {
    int length = 0;
    while (length < arg.length && length < limit && arg[length] != 0) {
      length++;
    }
    return Args.text(arg, length);
  }
}
