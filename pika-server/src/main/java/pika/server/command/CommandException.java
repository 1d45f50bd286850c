package pika.server.command;

/**
 * A user's mistake, with the exact text of the error reply (error code first, no leading
 * {@code -}). It has no stack trace: wrong input is ordinary and must be cheap.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandException(String errorText) {
    super(errorText, null, false, false);
  }

  public static CommandException syntax() {
    return new CommandException("ERR syntax error");
  }

  public static CommandException notAnInteger() {
    return new CommandException("ERR value is not an integer or out of range");
  }

  /**
   * Returns the error for a wrong number of arguments; {@code fullName} is like
   * {@code client|kill}.
   */
  public static CommandException wrongArity(String fullName) {
    return new CommandException("ERR wrong number of arguments for '" + fullName + "' command");
  }

  /**
   * Returns the error for a subcommand that does not exist or does not take these arguments; the
   * container's name is in upper case.
   */
  public static CommandException wrongSubcommand(String name, String container) {
    return new CommandException(
        "ERR unknown subcommand or wrong number of arguments for '%.128s'. Try %s HELP."
            .formatted(name, container));
  }

  /** Returns the error code: the text before the first space. */
  public String code() {
    String text = errorText();
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  public String errorText() {
    return String.valueOf(getMessage());
  }
}
