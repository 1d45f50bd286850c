package pika.server.acl;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.server.acl.BadRuleException.Problem;
import pika.server.acl.Denial.Reason;
import pika.server.command.Args;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.command.KeyFlag;
import pika.server.command.KeySpec;

/**
 * A set of rights that must be satisfied together: these commands, on these keys, on these
 * channels. Modified by one thread until it is published, then immutable.
 */
public final class Selector {
  private final CommandRules commands;
  private final KeyRules keys;
  private final ChannelRules channels;

  /** Creates a selector that allows nothing but the default channels. */
  Selector(Grammar grammar) {
    this(new CommandRules(grammar), new KeyRules(), new ChannelRules(grammar.channelsOpen()));
  }

  private Selector(CommandRules commands, KeyRules keys, ChannelRules channels) {
    this.commands = commands;
    this.keys = keys;
    this.channels = channels;
  }

  Selector copy() {
    return new Selector(commands.copy(), keys.copy(), channels.copy());
  }

  CommandRules commandRules() {
    return commands;
  }

  KeyRules keyRules() {
    return keys;
  }

  ChannelRules channelRules() {
    return channels;
  }

  boolean allowsAll() {
    return commands.allowAll() && keys.allowAll() && channels.allowAll();
  }

  /** Returns why a call may not run with these rights alone; null if it may. */
  @Nullable
  Denial denial(CommandSpec spec, byte[][] args) {
    if (!spec.has(Flag.NO_AUTH) && !commands.allow(spec, args)) {
      return new Denial(Reason.COMMAND, 0, spec.fullName());
    }
    Denial denial = keys.allowAll() ? null : keyDenial(spec, args);
    return denial != null || channels.allowAll() ? denial : channelDenial(spec, args);
  }

  private @Nullable Denial keyDenial(CommandSpec spec, byte[][] args) {
    for (KeySpec run : spec.keys().specs()) {
      if (run.flags().contains(KeyFlag.NOT_KEY)) {
        continue;
      }
      int[] positions = run.positions(args);
      Set<KeyFlag> use = positions.length == 0 ? Set.of() : run.flags(args);
      for (int position : positions) {
        if (!keys.allow(args[position], use)) {
          return new Denial(Reason.KEY, position, Args.text(args[position]));
        }
      }
    }
    return null;
  }

  private @Nullable Denial channelDenial(CommandSpec spec, byte[][] args) {
    ChannelUse use = ChannelUse.of(spec);
    int end = switch (use) {
      case NONE -> 0;
      case FIRST -> Math.min(2, args.length);
      case ALL, PATTERNS -> args.length;
    };
    for (int i = 1; i < end; i++) {
      boolean allowed =
          use == ChannelUse.PATTERNS ? channels.allowPattern(args[i]) : channels.allow(args[i]);
      if (!allowed) {
        return new Denial(Reason.CHANNEL, i, Args.text(args[i]));
      }
    }
    return null;
  }

  /** Applies one rule about commands, keys or channels. */
  void apply(String rule) throws BadRuleException {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "allkeys", "~*" -> keys.all(true);
      case "resetkeys" -> keys.all(false);
      case "allchannels", "&*" -> channels.all(true);
      case "resetchannels" -> channels.all(false);
      case "allcommands" -> commands.all(true);
      case "nocommands" -> commands.all(false);
      default -> applySigned(rule);
    }
  }

  private void applySigned(String rule) throws BadRuleException {
    switch (rule.charAt(0)) {
      case '+', '-' -> commands.apply(rule);
      case '~', '%' -> keys.apply(rule);
      case '&' -> channels.apply(rule);
      default -> throw new BadRuleException(Problem.SYNTAX, rule);
    }
  }

  /** Returns the command rules: {@code +@all -get}. */
  public String commandsText() {
    return commands.describe();
  }

  /** Returns the key rules: {@code ~a %R~b}. */
  public String keysText() {
    return keys.describe();
  }

  /** Returns the channel rules: {@code &a &b}. */
  public String channelsText() {
    return channels.describe();
  }

  /**
   * Returns all rules; applied to a new selector they give the same rights, whatever the default
   * for channels.
   */
  String describe() {
    StringBuilder text = new StringBuilder(keys.describe());
    if (!text.isEmpty()) {
      text.append(' ');
    }
    if (!channels.allowAll()) {
      text.append("resetchannels ");
    }
    String channelsText = channels.describe();
    if (!channelsText.isEmpty()) {
      text.append(channelsText).append(' ');
    }
    return text.append(commands.describe()).toString();
  }
}
