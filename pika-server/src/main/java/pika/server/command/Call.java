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
 * One command being run: who called it, with which arguments, and the unit of work it reads from
 * and writes into. Confined to the thread that runs the command.
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
   * A call of a command.
   *
   * @param nowMs the one moment, in Unix milliseconds, at which the command happens
   * @param unit null only for a command of {@link KeyScope#NONE}
   * @param protocol the one its reply will be written in
   * @param inner runs commands on behalf of this one
   * @param inScript whether a script makes it
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

  /** The moment of the command in Unix milliseconds; the same however often it is asked. */
  public long nowMs() {
    return nowMs;
  }

  /** The unit of work the command is part of; there is one unless its scope is NONE. */
  public UnitOfWork unit() {
    return requireNonNull(unit);
  }

  /** The selected database. */
  public Keyspace keyspace() {
    return unit().keyspace(session.db());
  }

  /**
   * What its reply will be written in, for replies whose very shape depends on it. Inside a script that is the script's
   * choice, whatever its client speaks.
   */
  public Protocol protocol() {
    return protocol;
  }

  /** Runs commands on behalf of this one: takes effect with it, or not at all. */
  public InnerCalls inner() {
    return inner;
  }

  /** Whether a script makes the call. */
  public boolean isInScript() {
    return inScript;
  }

  /**
   * The reply of a blocking command that has found nothing: its client is suspended, and the handler runs again from the
   * start when one of the keys may hold what it wants. What the handler has changed by now stays if this was its first run.
   */
  public Reply block(Wait until) {
    if (!spec.has(Flag.BLOCKING)) {
      throw new IllegalStateException(spec.fullName() + " has no right to block");
    }
    return new Blocked(until);
  }

  /** All arguments, the command's name first. Nobody changes them. */
  public byte[][] args() {
    return args;
  }

  /** Number of arguments, the command's name included. */
  public int argCount() {
    return args.length;
  }

  public byte[] arg(int index) {
    return args[index];
  }

  /** The arguments from {@code first} on. A view of them, not a copy. */
  public List<byte[]> argsFrom(int first) {
    return Arrays.asList(args).subList(first, args.length);
  }

  /** The argument with one char per byte. */
  public String textArg(int index) {
    return Args.text(args[index]);
  }

  /** Whether the argument is this word, given in upper case, in any case. */
  public boolean argIs(int index, String word) {
    return Args.is(args[index], word);
  }

  public long longArg(int index) {
    return Args.parseLong(args[index]);
  }

  /** An integer of 32 bits. */
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

  /** An integer that must not be negative. */
  public long positiveArg(int index) {
    String errorText = "ERR value is out of range, must be positive";
    long value = Args.parseLong(args[index], errorText);
    if (value < 0) {
      throw new CommandException(errorText);
    }
    return value;
  }

  /** ON or OFF; anything else is a syntax error. */
  public boolean onOffArg(int index) {
    if (argIs(index, "ON")) {
      return true;
    }
    if (argIs(index, "OFF")) {
      return false;
    }
    throw CommandException.syntax();
  }

  /** The words from argument {@code first} on. */
  public Options optionsFrom(int first) {
    return new Options(args, first);
  }
}
