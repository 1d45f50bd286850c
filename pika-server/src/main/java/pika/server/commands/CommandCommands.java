package pika.server.commands;

import static pika.server.command.AclCategory.CONNECTION;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.KeyFlag;
import pika.server.command.KeySpec;
import pika.server.command.Row;
import pika.storage.bytes.Glob;

/** COMMAND: describes the command table to clients. */
final class CommandCommands implements Family {
  private final CommandTable table;

  CommandCommands(CommandTable table) {
    this.table = table;
  }

  @Override
  public List<Row> commands() {
    return List.of(command("command", -1, LOADING, STALE)
        .is(
            SERVER,
            "2.8.13",
            "O(N) where N is the total number of Redis commands",
            "Returns arity, flags and key positions of all commands.",
            "")
        .tips("nondeterministic_output_order")
        .categories(CONNECTION)
        .runs(call -> all())
        .with(listings())
        .with(
            subcommand("count", 2, "2.8.13", "O(1)", "Returns the number of commands.", "")
                .runs(call -> Reply.integer(table.commands().size())),
            subcommand(
                    "getkeys",
                    -4,
                    "2.8.13",
                    "O(N) where N is the number of arguments to the command",
                    "Returns the keys in a full command line.",
                    "command [arg...]")
                .runs(this::getKeys),
            subcommand(
                    "getkeysandflags",
                    -4,
                    "7.0.0",
                    "O(N) where N is the number of arguments to the command",
                    "Returns the keys in a full command line with the access flags of each.",
                    "command [arg...]")
                .runs(this::getKeysAndFlags),
            help(SERVER, "5.0.0").categories(CONNECTION)));
  }

  private Row[] listings() {
    return new Row[] {
      subcommand(
              "info",
              -2,
              "2.8.13",
              "O(N) where N is the number of commands to look up",
              "Returns arity, flags and key positions of some or all commands.",
              "[command-name...]")
          .tips("nondeterministic_output_order")
          .runs(this::info),
      subcommand(
              "docs",
              -2,
              "7.0.0",
              "O(N) where N is the number of commands to look up",
              "Returns documentation and arguments of some or all commands.",
              "[command-name...]")
          .tips("nondeterministic_output_order")
          .runs(this::docs),
      subcommand(
              "list",
              -2,
              "7.0.0",
              "O(N) where N is the total number of Redis commands",
              "Returns the command names, optionally filtered.",
              "[FILTERBY (MODULE module-name|ACLCAT category|PATTERN pattern:pattern)]")
          .tips("nondeterministic_output_order")
          .runs(this::list)
    };
  }

  private static Row subcommand(
      String name, int arity, String since, String complexity, String summary, String syntax) {
    return command(name, arity, LOADING, STALE)
        .is(SERVER, since, complexity, summary, syntax)
        .categories(CONNECTION);
  }

  private Reply all() {
    return Reply.array(table.commands().stream().map(CommandReplies::info).toList());
  }

  private Reply info(Call call) {
    if (call.argCount() == 2) {
      return all();
    }
    List<Reply> infos = new ArrayList<>();
    for (int i = 2; i < call.argCount(); i++) {
      CommandSpec spec = table.findCalled(call.textArg(i));
      infos.add(spec == null ? Reply.NULL : CommandReplies.info(spec));
    }
    return Reply.array(infos);
  }

  private Reply docs(Call call) {
    List<CommandSpec> wanted = new ArrayList<>();
    for (int i = 2; i < call.argCount(); i++) {
      CommandSpec spec = table.findCalled(call.textArg(i));
      if (spec != null) {
        wanted.add(spec);
      }
    }
    return CommandReplies.docs(call.argCount() == 2 ? table.commands() : wanted);
  }

  private Reply list(Call call) {
    Predicate<CommandSpec> filter = call.argCount() == 2 ? spec -> true : filter(call);
    return Reply.array(table.specs().stream()
        .filter(table::isCalled)
        .filter(filter)
        .map(spec -> Reply.bulk(spec.fullName()))
        .toList());
  }

  private static Predicate<CommandSpec> filter(Call call) {
    if (call.argCount() != 5 || !call.argIs(2, "FILTERBY")) {
      throw CommandException.syntax();
    }
    if (call.argIs(3, "MODULE")) {
      return spec -> false;
    }
    if (call.argIs(3, "ACLCAT")) {
      String category = call.textArg(4).toLowerCase(Locale.ROOT);
      return spec -> spec.categories().stream().anyMatch(c -> c.redisName().equals(category));
    }
    if (call.argIs(3, "PATTERN")) {
      Glob glob = Glob.compile(call.arg(4), Glob.Case.IGNORED);
      return spec -> glob.matches(Args.bytes(spec.fullName()));
    }
    throw CommandException.syntax();
  }

  private Reply getKeys(Call call) {
    byte[][] inner = inner(call);
    int[] positions = specWithKeys(inner).keys().positions(inner);
    return Reply.array(
        Arrays.stream(positions).mapToObj(i -> Reply.bulk(inner[i])).toList());
  }

  private Reply getKeysAndFlags(Call call) {
    byte[][] inner = inner(call);
    List<Reply> found = new ArrayList<>();
    for (KeySpec keys : specWithKeys(inner).keys().specs()) {
      Reply flags = flags(keys.flags(inner));
      for (int position : keys.positions(inner)) {
        found.add(Reply.array(Reply.bulk(inner[position]), flags));
      }
    }
    return Reply.array(found);
  }

  private static Reply flags(Set<KeyFlag> flags) {
    return Reply.set(flags.stream()
        .filter(flag -> flag != KeyFlag.INCOMPLETE)
        .map(flag -> Reply.simple(flag.redisName()))
        .toList());
  }

  private static byte[][] inner(Call call) {
    return Arrays.copyOfRange(call.args(), 2, call.argCount());
  }

  private CommandSpec specWithKeys(byte[][] inner) {
    CommandSpec spec = table.find(inner);
    if (spec == null) {
      throw new CommandException("ERR Invalid command specified");
    }
    // A shard channel is routed like a key but is none.
    if (spec.keys().isNone()
        || spec.keys().specs().stream().allMatch(keys -> keys.flags().contains(KeyFlag.NOT_KEY))) {
      throw new CommandException("ERR The command has no key arguments");
    }
    if (!spec.accepts(inner.length)) {
      throw new CommandException("ERR Invalid number of arguments specified for command");
    }
    if (!spec.keys().fit(inner) && !spec.has(Flag.NO_MANDATORY_KEYS)) {
      throw new CommandException("ERR Invalid arguments specified for command");
    }
    return spec;
  }
}
