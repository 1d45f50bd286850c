package pika.server.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pika.server.session.User;

/**
 * The users that a file or a configuration tells, before they become those of the server: a mistake
 * in one line must leave everybody as he was. Confined to one thread.
 */
final class Roster {
  private final Grammar grammar;
  private final Map<String, UserRules> rules = new TreeMap<>();
  private final List<String> named = new ArrayList<>();

  /** The default user has these rules as long as no line speaks of it. */
  Roster(Grammar grammar, UserRules defaultRules) {
    this.grammar = grammar;
    rules.put(User.DEFAULT_NAME, defaultRules);
  }

  /** Whether a user of that name was already told. */
  boolean holds(String name) {
    return named.contains(name);
  }

  /** Adds a user, for whom rules may follow. */
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
