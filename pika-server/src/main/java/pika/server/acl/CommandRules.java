package pika.server.acl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pika.server.acl.BadRuleException.Problem;
import pika.server.command.Args;
import pika.server.command.CommandSpec;

/**
 * The commands a selector allows: a base (all or none) and the subsequent rules, of which only
 * those are kept that still matter: a rule is dropped when a later one fully covers it, or when it
 * states what holds already. So the text stays short however often rules change, and parsing it
 * gives the same rights.
 *
 * <p>Modified by one thread until it is published, then immutable.
 */
final class CommandRules {
  private static final String ALL = "all";

  private final Grammar grammar;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<CommandSpec, Set<String>> firstArgs = new LinkedHashMap<>();
  private boolean allByDefault;

  /** The commands that deviate from the base. */
  private BitSet exceptions = new BitSet();

  /** A rule; {@code reach} is the set of commands it applies to. */
  private record Rule(boolean allows, String subject, BitSet reach) {}

  /** Creates rules that allow nothing. */
  CommandRules(Grammar grammar) {
    this.grammar = grammar;
  }

  CommandRules copy() {
    CommandRules copy = new CommandRules(grammar);
    copy.allByDefault = allByDefault;
    copy.rules.addAll(rules);
    copy.exceptions = (BitSet) exceptions.clone();
    firstArgs.forEach((spec, words) -> copy.firstArgs.put(spec, new LinkedHashSet<>(words)));
    return copy;
  }

  /** Returns whether every command is allowed, including future ones. */
  boolean allowAll() {
    return allByDefault && exceptions.isEmpty();
  }

  boolean allow(CommandSpec spec, byte[][] args) {
    return allByDefault != exceptions.get(spec.index())
        || (!firstArgs.isEmpty() && allowFirstArg(spec, args));
  }

  private boolean allowFirstArg(CommandSpec spec, byte[][] args) {
    Set<String> words = firstArgs.get(spec);
    if (words == null || args.length < 2) {
      return false;
    }
    String given = Args.text(args[1]);
    return words.stream().anyMatch(given::equalsIgnoreCase);
  }

  /** Allows or forbids everything and drops all other rules. */
  void all(boolean allowed) {
    allByDefault = allowed;
    rules.clear();
    firstArgs.clear();
    exceptions.clear();
  }

  /**
   * Applies a rule: {@code +command}, {@code -command}, {@code +command|word}, {@code +@category}
   * and so on.
   */
  void apply(String rule) throws BadRuleException {
    boolean allows = rule.charAt(0) == '+';
    String subject = rule.substring(1);
    if (subject.startsWith("@")) {
      applyCategory(allows, subject.substring(1), rule);
    } else if (allows && subject.indexOf('|') >= 0) {
      allowPart(subject, rule);
    } else {
      set(allows, grammar.command(subject, rule));
    }
  }

  private void applyCategory(boolean allows, String name, String rule) throws BadRuleException {
    if (name.equalsIgnoreCase(ALL)) {
      all(allows);
    } else {
      set(allows, "@" + name.toLowerCase(Locale.ROOT), grammar.category(name, rule));
    }
  }

  /**
   * Applies a rule with a bar, which is followed by a subcommand or else by an allowed first
   * argument.
   */
  private void allowPart(String subject, String rule) throws BadRuleException {
    int bar = subject.lastIndexOf('|');
    String word = subject.substring(bar + 1);
    CommandSpec command = grammar.command(subject.substring(0, bar), rule);
    if (command.parent() != null) {
      throw new BadRuleException(Problem.ARGUMENT_OF_SUBCOMMAND, rule);
    }
    // With a blank in it, the rule would be read back from the file as another one.
    if (word.isEmpty() || Blanks.in(word)) {
      throw new BadRuleException(Problem.SYNTAX, rule);
    }
    if (!command.subcommands().isEmpty()) {
      set(true, grammar.command(subject, rule));
    } else if (allByDefault == exceptions.get(command.index())) {
      firstArgs.computeIfAbsent(command, unused -> new LinkedHashSet<>()).add(word);
    }
  }

  private void set(boolean allows, CommandSpec spec) {
    set(allows, spec.fullName(), Grammar.reach(spec));
  }

  private void set(boolean allows, String subject, BitSet reach) {
    rules.removeIf(rule -> isWithin(rule.reach, reach));
    firstArgs.keySet().removeIf(spec -> reach.get(spec.index()));
    rules.add(new Rule(allows, subject, reach));
    replay();
  }

  /** Recomputes the effect of all rules and drops those without one. */
  private void replay() {
    exceptions.clear();
    rules.removeIf(rule -> !changes(rule));
  }

  private boolean changes(Rule rule) {
    BitSet before = (BitSet) exceptions.clone();
    if (rule.allows == allByDefault) {
      exceptions.andNot(rule.reach);
    } else {
      exceptions.or(rule.reach);
    }
    return !exceptions.equals(before);
  }

  private static boolean isWithin(BitSet part, BitSet whole) {
    BitSet outside = (BitSet) part.clone();
    outside.andNot(whole);
    return outside.isEmpty();
  }

  /** Returns the equivalent rules: {@code +@all -@dangerous +info}. */
  String describe() {
    StringBuilder text = new StringBuilder(allByDefault ? "+@all" : "-@all");
    for (Rule rule : rules) {
      text.append(rule.allows ? " +" : " -").append(rule.subject);
    }
    firstArgs.forEach((spec, words) -> words.forEach(
        word -> text.append(" +").append(spec.fullName()).append('|').append(word)));
    return text.toString();
  }
}
