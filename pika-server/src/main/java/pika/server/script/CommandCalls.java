package pika.server.script;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/** Runs the commands that a script calls, as parts of the call that runs the script. */
public final class CommandCalls implements ScriptCalls {
  private final Call outer;
  private final CommandTable table;
  private final Access access;
  private final ScriptEngine engine;
  private final boolean readOnly;

  /**
   * Creates the calls of one script.
   *
   * @param readOnly whether to refuse commands that write
   */
  public CommandCalls(
      Call outer, CommandTable table, Access access, ScriptEngine engine, boolean readOnly) {
    this.outer = outer;
    this.table = table;
    this.access = access;
    this.engine = engine;
    this.readOnly = readOnly;
  }

  @Override
  public Reply run(byte[][] args, Protocol protocol) {
    CommandSpec spec = table.find(args);
    try {
      check(spec, args);
    } catch (CommandException refused) {
      outer.inner().refused(spec, refused);
      throw refused;
    }
    return outer.inner().run(outer, Objects.requireNonNull(spec), args, protocol);
  }

  private void check(@Nullable CommandSpec spec, byte[][] args) {
    if (spec == null) {
      throw new CommandException("ERR Unknown Redis command called from script");
    }
    if (!spec.accepts(args.length)) {
      throw new CommandException("ERR Wrong number of args calling Redis command from script");
    }
    if (!engine.isForScripts(spec)) {
      throw new CommandException("ERR This Redis command is not allowed from script");
    }
    access.checkInScript(outer.session(), spec, args);
    if (readOnly && spec.mayWrite()) {
      throw new CommandException("ERR Write commands are not allowed from read-only scripts.");
    }
    engine.checkRoom(spec);
  }

  @Override
  public boolean isAllowed(byte[][] args) {
    CommandSpec spec = table.find(args);
    if (spec == null) {
      throw new CommandException("ERR Invalid command passed to redis.acl_check_cmd()");
    }
    return Access.allows(outer.session(), spec, args);
  }
}
