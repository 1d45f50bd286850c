package pika.server.acl;

import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.session.User;

/**
 * A user. Rules are replaced as a whole, so a command is checked against either the old or the new
 * ones, and connected clients are affected from their next command on. Thread-safe.
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
    // In this order, so that no restricted user is ever taken for unrestricted.
    unrestricted = false;
    rules = replaced;
    unrestricted = replaced.allowsAll();
  }

  /** Returns why a call may not run; null if it may. */
  public @Nullable Denial denial(CommandSpec spec, byte[][] args) {
    return unrestricted ? null : rules.denial(spec, args);
  }

  /** Returns the user as a line of an ACL file. */
  public String describe() {
    return "user " + name + " " + rules.describe();
  }
}
