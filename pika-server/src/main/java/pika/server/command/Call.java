package pika.server.command;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.session.Session;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;

/**
 * One command being executed: its caller, its arguments, and the unit of work it reads from and
 * writes to. Confined to the thread that runs the command.
 */
public final class Call {
  private final Session session;
  private final CommandSpec spec;
  private final byte[][] args;
  private final long nowMs;
  private final @Nullable UnitOfWork unit;
  private final Protocol protocol;
  private final InnerCalls inner;
  private final boolean inScript;

  /**
   * Creates a call.
   *
   * @param nowMs the time of the command, in Unix milliseconds
   * @param unit null only for a command of {@link KeyScope#NONE}
   * @param protocol the protocol its reply will be written in
   * @param inner runs commands on behalf of this one
   * @param inScript whether a script makes the call
   */
  public Call(
      Session session,
      CommandSpec spec,
      byte[][] args,
      long nowMs,
      @Nullable UnitOfWork unit,
      Protocol protocol,
      InnerCalls inner,
      boolean inScript) {
    this.session = session;
    this.spec = spec;
    this.args = args;
    this.nowMs = nowMs;
    this.unit = unit;
    this.protocol = protocol;
    this.inner = inner;
    this.inScript = inScript;
  }

  public Session session() {
    return session;
  }

  public CommandSpec spec() {
    return spec;
  }

  /** Returns the time of the command in Unix milliseconds; constant during the call. */
  public long nowMs() {
    return nowMs;
  }

  /**
   * Returns the unit of work the command is part of. The command's scope must not be
   * {@link KeyScope#NONE}.
   */
  public UnitOfWork unit() {
    return requireNonNull(unit);
  }

  /** Returns the selected database. */
  public Keyspace keyspace() {
    return unit().keyspace(session.db());
  }

  /**
   * Returns the protocol of its reply, for replies whose shape depends on it. In a script that is
   * the script's choice, whatever its client speaks.
   */
  public Protocol protocol() {
    return protocol;
  }

  /**
   * Returns the way to run commands on behalf of this one, which take effect with it or not at all.
   */
  public InnerCalls inner() {
    return inner;
  }

  /** Returns whether a script makes the call. */
  public boolean isInScript() {
    return inScript;
  }

  /**
   * Returns the reply of a blocking command that found nothing: its client is suspended, and the
   * handler runs again from the start when one of the keys may hold what it wants. What the handler
   * has changed so far is kept if this was its first run.
   */
  public Reply block(Wait until) {
    if (!spec.has(Flag.BLOCKING)) {
      throw new IllegalStateException(spec.fullName() + " has no right to block");
    }
    return new Blocked(until);
  }

  /** Returns all arguments, the command's name first. They must not be changed. */
  public byte[][] args() {
    return args;
  }

  /** Returns the number of arguments, including the command's name. */
  public int argCount() {
    return args.length;
  }

  public byte[] arg(int index) {
    return args[index];
  }

  /** Returns a view of the arguments from {@code first} on. */
  public List<byte[]> argsFrom(int first) {
    return Arrays.asList(args).subList(first, args.length);
  }

  /** Returns an argument as a string with one char per byte. */
  public String textArg(int index) {
    return Args.text(args[index]);
  }

  /** Returns whether an argument equals {@code word}, given in upper case, ignoring case. */
  public boolean argIs(int index, String word) {
    return Args.is(args[index], word);
  }

  public long longArg(int index) {
    return Args.parseLong(args[index]);
  }

  /** Parses a 32-bit integer. */
  public int intArg(int index) {
    long value = longArg(index);
    if (value != (int) value) {
      throw new CommandException(
          "ERR value is out of range, value must between -2147483648 and 2147483647");
    }
    return (int) value;
  }

  public double doubleArg(int index) {
    return Args.parseDouble(args[index]);
  }

  /** Parses an integer that must not be negative. */
  public long positiveArg(int index) {
    String errorText = "ERR value is out of range, must be positive";
    long value = Args.parseLong(args[index], errorText);
    if (value < 0) {
      throw new CommandException(errorText);
    }
    return value;
  }

  /** Parses ON or OFF; anything else is a syntax error. */
  public boolean onOffArg(int index) {
    if (argIs(index, "ON")) {
      return true;
    }
    if (argIs(index, "OFF")) {
      return false;
    }
    throw CommandException.syntax();
  }

  /** Returns the options from argument {@code first} on. */
  public Options optionsFrom(int first) {
    return new Options(args, first);
  }
}
