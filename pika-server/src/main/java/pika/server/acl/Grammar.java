package pika.server.acl;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pika.server.acl.BadRuleException.Problem;
import pika.server.command.AclCategory;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/**
 * What rules can refer to: the commands, and the default for channels. Sets of commands are sets of
 * {@link CommandSpec#index()}. Thread-safe once the table is complete.
 */
final class Grammar {
  private static final Set<String> CATEGORIES = Stream.of(AclCategory.values())
      .map(AclCategory::redisName)
      .collect(Collectors.toUnmodifiableSet());

  private final CommandTable table;
  private volatile boolean channelsOpen;

  Grammar(CommandTable table) {
    this.table = table;
  }

  /** Returns whether new users and selectors may use all channels ({@code acl-pubsub-default}). */
  boolean channelsOpen() {
    return channelsOpen;
  }

  void channelsOpen(boolean open) {
    this.channelsOpen = open;
  }

  /** Returns the command with this full name, ignoring case. */
  CommandSpec command(String fullName, String rule) throws BadRuleException {
    CommandSpec spec = table.findFullName(fullName);
    if (spec == null) {
      throw new BadRuleException(Problem.UNKNOWN_COMMAND, rule);
    }
    return spec;
  }

  /** Returns what a rule about the command applies to: itself and its subcommands. */
  static BitSet reach(CommandSpec spec) {
    BitSet reach = new BitSet();
    add(spec, reach);
    return reach;
  }

  /** Returns the commands of a category, ignoring case. */
  BitSet category(String name, String rule) throws BadRuleException {
    String category = name.toLowerCase(Locale.ROOT);
    if (!CATEGORIES.contains(category)) {
      throw new BadRuleException(Problem.UNKNOWN_COMMAND, rule);
    }
    BitSet members = new BitSet();
    for (CommandSpec spec : table.specs()) {
      if (spec.categories().stream().anyMatch(c -> c.redisName().equals(category))) {
        add(spec, members);
      }
    }
    return members;
  }

  private static void add(CommandSpec spec, BitSet set) {
    set.set(spec.index());
    spec.subcommands().forEach(child -> set.set(child.index()));
  }
}
