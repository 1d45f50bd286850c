package pika.server.acl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.server.acl.BadRuleException.Problem;
import pika.server.command.CommandSpec;

/**
 * Everything about a user: whether and how it may log in, and what it may do. A call may run if a
 * single selector allows all of it. Modified by one thread until it is published, then immutable;
 * {@link #copy} starts a change.
 */
public final class UserRules {
  private final Grammar grammar;
  private final Set<String> passwordHashes = new LinkedHashSet<>();
  private final List<Selector> selectors = new ArrayList<>();
  private Selector root;
  private boolean enabled;
  private boolean noPassword;
  private Sanitizing sanitizing = Sanitizing.UNSAID;

  /**
   * How thoroughly payloads of RESTORE are checked; here always thoroughly, so this is only stored
   * and shown.
   */
  private enum Sanitizing {
    UNSAID(""),
    DEEP("sanitize-payload"),
    NONE("skip-sanitize-payload");

    private final String rule;

    Sanitizing(String rule) {
      this.rule = rule;
    }
  }

  /** Creates a user who may neither log in nor do anything. */
  UserRules(Grammar grammar) {
    this.grammar = grammar;
    this.root = new Selector(grammar);
  }

  /** Returns the initial rules of the default user: everything, without a password. */
  static UserRules everything(Grammar grammar) {
    UserRules rules = new UserRules(grammar);
    rules.enabled = true;
    rules.noPassword = true;
    rules.root.commandRules().all(true);
    rules.root.keyRules().all(true);
    rules.root.channelRules().all(true);
    return rules;
  }

  UserRules copy() {
    UserRules copy = new UserRules(grammar);
    copy.passwordHashes.addAll(passwordHashes);
    selectors.forEach(selector -> copy.selectors.add(selector.copy()));
    copy.root = root.copy();
    copy.enabled = enabled;
    copy.noPassword = noPassword;
    copy.sanitizing = sanitizing;
    return copy;
  }

  /** Returns whether anybody may log in as this user without a password. */
  boolean isOpen() {
    return enabled && noPassword;
  }

  boolean needsNoPassword() {
    return noPassword;
  }

  boolean accepts(byte[] password) {
    return enabled && (noPassword || Passwords.anyMatches(passwordHashes, password));
  }

  boolean allowsAll() {
    return root.allowsAll();
  }

  /** Returns why a call may not run; null if it may. */
  @Nullable
  Denial denial(CommandSpec spec, byte[][] args) {
    Denial furthest = root.denial(spec, args);
    for (Selector selector : selectors) {
      if (furthest == null) {
        return null;
      }
      Denial denial = selector.denial(spec, args);
      furthest = denial == null || denial.isFurtherThan(furthest) ? denial : furthest;
    }
    return furthest;
  }

  /** Returns whether the user may run a call and also read every key. */
  boolean allowReadingAllKeys(CommandSpec spec, byte[][] args) {
    return allSelectors().stream()
        .anyMatch(s -> s.denial(spec, args) == null && s.keyRules().allowReadingAll());
  }

  private List<Selector> allSelectors() {
    List<Selector> all = new ArrayList<>(selectors);
    all.add(0, root);
    return all;
  }

  /** Returns whether the user may subscribe to a channel. */
  boolean allowChannel(byte[] channel) {
    return allSelectors().stream().anyMatch(s -> s.channelRules().allow(channel));
  }

  /** Returns whether the user may subscribe to a pattern. */
  boolean allowChannelPattern(byte[] pattern) {
    return allSelectors().stream().anyMatch(s -> s.channelRules().allowPattern(pattern));
  }

  /** Applies rules in order; those of a selector must be joined. */
  void applyAll(List<String> rules) throws BadRuleException {
    for (String rule : rules) {
      apply(rule);
    }
  }

  /** Applies one rule; an empty one does nothing. */
  void apply(String rule) throws BadRuleException {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "" -> {}
      case "on" -> enabled = true;
      case "off" -> enabled = false;
      case "nopass" -> requireNone();
      case "resetpass" -> resetPasswords();
      case "sanitize-payload" -> sanitizing = Sanitizing.DEEP;
      case "skip-sanitize-payload" -> sanitizing = Sanitizing.NONE;
      case "clearselectors" -> selectors.clear();
      case "reset" -> reset();
      default -> applyOther(rule);
    }
  }

  private void applyOther(String rule) throws BadRuleException {
    char sign = rule.charAt(0);
    if (sign == '>' || sign == '#') {
      passwordHashes.add(hash(rule));
      noPassword = false;
    } else if (sign == '<' || sign == '!') {
      if (!passwordHashes.remove(hash(rule))) {
        throw new BadRuleException(Problem.NO_SUCH_PASSWORD, rule);
      }
    } else if (sign == '(' && rule.endsWith(")")) {
      selectors.add(selector(rule));
    } else {
      root.apply(rule);
    }
  }

  /** Returns the hash given by the rule, or that of the password it gives. */
  private static String hash(String rule) throws BadRuleException {
    String secret = rule.substring(1);
    if (rule.charAt(0) == '>' || rule.charAt(0) == '<') {
      return Passwords.hash(secret);
    }
    if (!Passwords.isHash(secret)) {
      throw new BadRuleException(Problem.BAD_HASH, rule);
    }
    return secret;
  }

  private Selector selector(String rule) throws BadRuleException {
    Selector selector = new Selector(grammar);
    try {
      for (String part : RuleWords.between(rule.substring(1, rule.length() - 1))) {
        selector.apply(part);
      }
    } catch (BadRuleException e) {
      throw e.within(rule);
    }
    return selector;
  }

  private void requireNone() {
    noPassword = true;
    passwordHashes.clear();
  }

  private void resetPasswords() {
    noPassword = false;
    passwordHashes.clear();
  }

  private void reset() {
    resetPasswords();
    root = new Selector(grammar);
    selectors.clear();
    enabled = false;
    sanitizing = Sanitizing.DEEP;
  }

  /** Returns the flags in display order: {@code on}, {@code nopass} ... */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add(enabled ? "on" : "off");
    if (noPassword) {
      flags.add("nopass");
    }
    if (sanitizing != Sanitizing.UNSAID) {
      flags.add(sanitizing.rule);
    }
    return flags;
  }

  /** Returns the SHA-256 of each password in hexadecimal digits. */
  public Set<String> passwordHashes() {
    return Collections.unmodifiableSet(passwordHashes);
  }

  /** Returns the rights outside of parentheses. */
  public Selector root() {
    return root;
  }

  /** Returns the other selectors, in the order in which they were added. */
  public List<Selector> selectors() {
    return Collections.unmodifiableList(selectors);
  }

  /** Returns all rules, separated by blanks; applied to a new user they give an equal one. */
  String describe() {
    StringBuilder text = new StringBuilder(String.join(" ", flags()));
    passwordHashes.forEach(hash -> text.append(" #").append(hash));
    text.append(' ').append(root.describe());
    selectors.forEach(selector -> text.append(" (").append(selector.describe()).append(')'));
    return text.toString();
  }
}
