package pika.server.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All commands of the server. Filled by one thread at start, before the first connection, and
 * never changed afterwards, so all threads may read it.
 */
public final class CommandTable {
  /** As many bytes of a wrong name, and of its arguments, are echoed in the error as in Redis. */
  private static final int ECHO_LIMIT = 128;

  private final List<CommandSpec> commands = new ArrayList<>();
  private final List<CommandSpec> specs = new ArrayList<>();
  private final NameMap<CommandSpec> byName = new NameMap<>();
  /** How commands are called, which is their names unless the operator wants it otherwise. */
  private NameMap<CommandSpec> called = byName;

  /** Throws IllegalStateException when a name is taken: no two families may claim it. */
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
   * From now on a command is called otherwise, as in Redis: statistics, rules and what is told about
   * it still bear its own name. To be called when the table is complete.
   *
   * @param name how it is called so far
   * @param newName empty if it is not to be called at all
   * @throws IllegalArgumentException with Redis' reason when that can't be
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

  /** Whether the command, or the container it belongs to, can be called at all. */
  public boolean isCalled(CommandSpec spec) {
    CommandSpec parent = spec.parent();
    return commands.contains(parent == null ? spec : parent);
  }

  /** The commands without their subcommands, in the order of their families. */
  public List<CommandSpec> commands() {
    return Collections.unmodifiableList(commands);
  }

  /** Commands and subcommands; a spec stands at its {@link CommandSpec#index()}. */
  public List<CommandSpec> specs() {
    return Collections.unmodifiableList(specs);
  }

  /** The command that is called so, in any case; a container for a container's name. */
  public @Nullable CommandSpec find(byte[] name) {
    return called.find(name);
  }

  /**
   * The command or subcommand that is called so ({@code client|kill}), in any case; for those who
   * ask.
   */
  public @Nullable CommandSpec findCalled(String fullName) {
    return find(called, fullName);
  }

  /**
   * The command or subcommand whose own name that is, in any case; for rules and settings, which
   * mean the same command whatever it is called.
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

  /** The command or subcommand that this request calls, whatever its arity; null for none. */
  public @Nullable CommandSpec find(byte[][] args) {
    CommandSpec spec = called.find(args[0]);
    if (spec == null || spec.subcommands().isEmpty() || args.length == 1) {
      return spec;
    }
    return spec.subcommand(args[1]);
  }

  /**
   * The command or subcommand that this request calls.
   *
   * @throws CommandException if there is none of that name, or it takes more or fewer arguments
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
