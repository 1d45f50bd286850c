package pika.server.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pika.server.session.User;

/**
 * The users in a file or configuration while it is being read: one invalid line must leave all
 * existing users unchanged. Confined to one thread.
 */
final class Roster {
  private final Grammar grammar;
  private final Map<String, UserRules> rules = new TreeMap<>();
  private final List<String> named = new ArrayList<>();

  /** Creates a roster with the default user alone, who keeps these rules if no line mentions it. */
  Roster(Grammar grammar, UserRules defaultRules) {
    this.grammar = grammar;
    rules.put(User.DEFAULT_NAME, defaultRules);
  }

  /** Returns whether a line has already named this user. */
  boolean holds(String name) {
    return named.contains(name);
  }

  /** Adds a user, to whose rules more can be added. */
  UserRules add(String name) {
    named.add(name);
    UserRules fresh = new UserRules(grammar);
    rules.put(name, fresh);
    return fresh;
  }

  Map<String, UserRules> rules() {
    return rules;
  }
}
