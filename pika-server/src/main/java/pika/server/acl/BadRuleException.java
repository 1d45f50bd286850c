package pika.server.acl;

/** An invalid ACL rule, with Redis' reason. It has no stack trace: wrong input is ordinary. */
public final class BadRuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final String rule;

  /** What can be wrong with a rule. */
  enum Problem {
    SYNTAX("Syntax error"),
    UNKNOWN_COMMAND("Unknown command or category name in ACL"),
    ARGUMENT_OF_SUBCOMMAND("Allowing first-arg of a subcommand is not supported"),
    AFTER_ALL_KEYS(
        "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not"
            + " have any effect. Try 'resetkeys' to start with an empty list of patterns"),
    AFTER_ALL_CHANNELS(
        "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does not"
            + " have any effect. Try 'resetchannels' to start with an empty list of channels"),
    NO_SUCH_PASSWORD("The password you are trying to remove from the user does not exist"),
    BAD_HASH(
        "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
            + " characters");

    private final String reason;

    Problem(String reason) {
      this.reason = reason;
    }
  }

  BadRuleException(Problem problem, String rule) {
    super(problem.reason, null, false, false);
    this.problem = problem;
    this.rule = rule;
  }

  /** Returns the same problem attributed to the enclosing rule. */
  BadRuleException within(String outerRule) {
    return new BadRuleException(problem, outerRule);
  }

  /** Returns the reason without the rule, which may contain a password. */
  public String reason() {
    return problem.reason;
  }

  /** Returns the rule as it was written. */
  public String rule() {
    return rule;
  }

  /**
   * Returns whether the rule names an unknown command or category; such a rule contains no secret.
   */
  boolean isUnknownCommand() {
    return problem == Problem.UNKNOWN_COMMAND;
  }
}
