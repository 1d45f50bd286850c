package pika.server.script.function;

import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_MANDATORY_KEYS;
import static pika.server.command.Flag.SKIP_MONITOR;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SCRIPTING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Row.command;
import static pika.server.command.Row.read;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.script.ScriptFlag;

/** FCALL and FCALL_RO. */
final class FunctionCallCommands implements Family {
  private static final String SINCE = "7.0.0";
  private static final String COST = "Depends on the function that is executed.";
  private static final String SYNTAX = "function numkeys:integer [key...] [arg...]";
  private static final int FIRST_KEY = 3;

  private final Functions functions;
  private final CommandTable table;
  private final Access access;

  FunctionCallCommands(Functions functions, CommandTable table, Access access) {
    this.functions = functions;
    this.table = table;
    this.access = access;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command(
                "fcall",
                -3,
                countedAt(2, RW, ACCESS, UPDATE),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(SCRIPTING, SINCE, COST, "Invokes a function.", SYNTAX)
            .usesKeyspace()
            .slowIfLarge()
            .runs(call -> call(call, false)),
        read(
                "fcall_ro",
                -3,
                countedAt(2, RO, ACCESS),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(SCRIPTING, SINCE, COST, "Invokes a read-only function.", SYNTAX)
            .slowIfLarge()
            .runs(call -> call(call, true)));
  }

  private Reply call(Call call, boolean readOnly) {
    Libraries libraries = functions.shelf().libraries();
    Libraries.@Nullable Entry function = libraries.find(call.textArg(1));
    if (function == null) {
      throw new CommandException("ERR Function not found");
    }
    int keyCount = keyCount(call);
    boolean writesNothing = function.function().has(ScriptFlag.NO_WRITES);
    if (readOnly && !writesNothing) {
      throw new CommandException(
          "ERR Can not execute a script with write flag using *_ro command.");
    }
    int database = call.session().db();
    try {
      return functions.call(
          libraries,
          function,
          call.args(),
          FIRST_KEY,
          keyCount,
          functions.callsOf(call, table, access, writesNothing),
          call.unit().mayBlock());
    } finally {
      // SELECT in a function is for the function.
      call.session().db(database);
    }
  }

  private static int keyCount(Call call) {
    long count = Args.parseLong(call.arg(2), "ERR Bad number of keys provided");
    if (count > call.argCount() - FIRST_KEY) {
      throw new CommandException("ERR Number of keys can't be greater than number of args");
    }
    if (count < 0) {
      throw new CommandException("ERR Number of keys can't be negative");
    }
    return (int) count;
  }
}
