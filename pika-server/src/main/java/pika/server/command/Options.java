package pika.server.command;

/**
 * Iterates over the options at the end of a command.
 *
 * <p><pre>{@code Options options = call.optionsFrom(2); while (options.hasNext()) { if (options.take("REPLACE")) {
 * replace = true; } else if (options.takeWithValue("DB")) { db = options.nextLong(); } else { throw
 * CommandException.syntax(); } } }</pre>
 *
 * <p>Confined to the call it was made for.
 */
public final class Options {
  private final byte[][] args;
  private int next;

  Options(byte[][] args, int first) {
    this.args = args;
    this.next = first;
  }

  public boolean hasNext() {
    return next < args.length;
  }

  /** Returns how many arguments are left. */
  public int remaining() {
    return args.length - next;
  }

  /** Consumes the next argument if it is this word, given in upper case. */
  public boolean take(String word) {
    if (!hasNext() || !Args.is(args[next], word)) {
      return false;
    }
    next++;
    return true;
  }

  /** Like {@link #take}, but only if a value follows the word. */
  public boolean takeWithValue(String word) {
    return next + 1 < args.length && take(word);
  }

  /** Consumes the next argument; there must be one. */
  public byte[] next() {
    return args[next++];
  }

  /** Consumes the next argument, which must be an integer. */
  public long nextLong() {
    return Args.parseLong(next());
  }
}
