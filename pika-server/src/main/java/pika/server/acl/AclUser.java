package pika.server.acl;

import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.session.User;

/**
 * A user that may log in. The rules are replaced as a whole, so a command is checked against the
 * old or the new ones, and those who are logged in feel a change with their next command. Safe for
 * many threads.
 */
public final class AclUser implements User {
  private final String name;
  private volatile UserRules rules;
  private volatile boolean unrestricted;

  AclUser(String name, UserRules rules) {
    this.name = name;
    this.rules = rules;
    this.unrestricted = rules.allowsAll();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isUnrestricted() {
    return unrestricted;
  }

  public UserRules rules() {
    return rules;
  }

  void rules(UserRules replaced) {
    // In this order nobody is taken for unrestricted by rules that are not yet or no longer his.
    unrestricted = false;
    rules = replaced;
    unrestricted = replaced.allowsAll();
  }

  /** Why a call may not run; null if it may. */
  public @Nullable Denial denial(CommandSpec spec, byte[][] args) {
    return unrestricted ? null : rules.denial(spec, args);
  }

  /** The user as a line of an ACL file. */
  public String describe() {
    return "user " + name + " " + rules.describe();
  }
}
