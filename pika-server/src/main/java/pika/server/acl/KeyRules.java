package pika.server.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pika.server.acl.BadRuleException.Problem;
import pika.server.command.KeyFlag;

/** The keys a selector allows. Modified by one thread until it is published, then immutable. */
final class KeyRules {
  /** As in Redis, the pattern may be missing together with the tilde; it is then empty. */
  private static final Pattern LIMITED =
      Pattern.compile("%(R|W|RW|WR)(?:~(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final List<KeyPattern> patterns = new ArrayList<>();
  private boolean all;

  KeyRules copy() {
    KeyRules copy = new KeyRules();
    copy.all = all;
    copy.patterns.addAll(patterns);
    return copy;
  }

  void all(boolean allowed) {
    all = allowed;
    patterns.clear();
  }

  boolean allowAll() {
    return all;
  }

  /** Returns whether a command may use the key as the flags of its key spec say. */
  boolean allow(byte[] key, Set<KeyFlag> use) {
    boolean reading = reads(use);
    boolean writing = writes(use);
    for (KeyPattern pattern : patterns) {
      if (pattern.permits(reading, writing) && pattern.matches(key)) {
        return true;
      }
    }
    return all;
  }

  /** Returns whether a single pattern allows reading every key. */
  boolean allowReadingAll() {
    return all || patterns.stream().anyMatch(p -> p.reads() && p.text().equals("*"));
  }

  // Looking at a key without revealing or changing its data is neither.
  private static boolean reads(Set<KeyFlag> use) {
    return use.contains(KeyFlag.ACCESS);
  }

  private static boolean writes(Set<KeyFlag> use) {
    return use.contains(KeyFlag.UPDATE)
        || use.contains(KeyFlag.INSERT)
        || use.contains(KeyFlag.DELETE);
  }

  /** Applies a rule: {@code ~glob}, or {@code %}, one or both of R and W, and {@code ~glob}. */
  void apply(String rule) throws BadRuleException {
    if (all) {
      throw new BadRuleException(Problem.AFTER_ALL_KEYS, rule);
    }
    Matcher limited = LIMITED.matcher(rule);
    if (rule.charAt(0) == '%' && !limited.matches()) {
      throw new BadRuleException(Problem.SYNTAX, rule);
    }
    boolean isLimited = rule.charAt(0) == '%';
    String rights = isLimited ? limited.group(1).toUpperCase(Locale.ROOT) : "RW";
    String text = isLimited ? orEmpty(limited.group(2)) : rule.substring(1);
    if (Blanks.in(text)) {
      throw new BadRuleException(Problem.SYNTAX, rule);
    }
    add(KeyPattern.of(text, rights.contains("R"), rights.contains("W")));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void add(KeyPattern added) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).text().equals(added.text())) {
        patterns.set(i, patterns.get(i).withRightsOf(added));
        return;
      }
    }
    patterns.add(added);
  }

  /** Returns the equivalent rules, separated by blanks; empty for no key. */
  String describe() {
    return all
        ? "~*"
        : patterns.stream().map(KeyPattern::describe).collect(Collectors.joining(" "));
  }
}
