package pika.server.acl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import pika.server.acl.BadRuleException.Problem;
import pika.server.command.Args;
import pika.storage.bytes.Glob;

/** The channels a selector allows. Modified by one thread until it is published, then immutable. */
final class ChannelRules {
  private final Map<String, Glob> patterns = new LinkedHashMap<>();
  private boolean all;

  ChannelRules(boolean all) {
    this.all = all;
  }

  ChannelRules copy() {
    ChannelRules copy = new ChannelRules(all);
    copy.patterns.putAll(patterns);
    return copy;
  }

  void all(boolean allowed) {
    all = allowed;
    patterns.clear();
  }

  boolean allowAll() {
    return all;
  }

  boolean allow(byte[] channel) {
    return all || patterns.values().stream().anyMatch(glob -> glob.matches(channel));
  }

  /**
   * Returns whether a pattern may be subscribed to: only if it is literally one of ours, since
   * globs cannot be compared.
   */
  boolean allowPattern(byte[] pattern) {
    return all || patterns.containsKey(Args.text(pattern));
  }

  /** Applies a rule {@code &glob}. */
  void apply(String rule) throws BadRuleException {
    if (all) {
      throw new BadRuleException(Problem.AFTER_ALL_CHANNELS, rule);
    }
    String text = rule.substring(1);
    if (Blanks.in(text)) {
      throw new BadRuleException(Problem.SYNTAX, rule);
    }
    patterns.putIfAbsent(text, Glob.compile(Args.bytes(text)));
  }

  /** Returns the equivalent rules, separated by blanks; empty for no channel. */
  String describe() {
    return all
        ? "&*"
        : patterns.keySet().stream().map(text -> "&" + text).collect(Collectors.joining(" "));
  }
}
