package pika.server.script.function;

import static pika.server.command.Group.SCRIPTING;

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
import pika.server.script.Invocation;
import pika.server.script.ScriptFlag;

/** FCALL and FCALL_RO. */
final class FunctionCallCommands implements Family {
  private static final String SINCE = "7.0.0";
  private static final String COST = "Depends on the function that is executed.";
  private static final String SYNTAX = "function numkeys:integer [key...] [arg...]";

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
        Invocation.command("fcall")
            .is(SCRIPTING, SINCE, COST, "Executes a function of a loaded library.", SYNTAX)
            .writesNothingIf(this::writesNothing)
            .runs(call -> call(call, false)),
        Invocation.read("fcall_ro")
            .is(
                SCRIPTING,
                SINCE,
                COST,
                "Executes a read-only function of a loaded library.",
                SYNTAX)
            .runs(call -> call(call, true)));
  }

  private boolean writesNothing(byte[][] args) {
    Libraries.@Nullable Entry function = functions.shelf().libraries().find(Args.text(args[1]));
    return function != null && function.function().has(ScriptFlag.NO_WRITES);
  }

  private Reply call(Call call, boolean readOnly) {
    Libraries libraries = functions.shelf().libraries(call.unit());
    Libraries.@Nullable Entry function = libraries.find(call.textArg(1));
    if (function == null) {
      throw new CommandException("ERR Function not found");
    }
    int keyCount = keyCount(call);
    boolean writesNothing = function.function().has(ScriptFlag.NO_WRITES);
    if (readOnly && !writesNothing) {
      throw Invocation.wouldWrite();
    }
    return Invocation.keepingDatabase(
        call,
        () -> functions.call(
            libraries,
            function,
            call.args(),
            Invocation.FIRST_KEY,
            keyCount,
            functions.callsOf(call, table, access, writesNothing),
            call.unit().mayBlock()));
  }

  private static int keyCount(Call call) {
    long said = Args.parseLong(call.arg(Invocation.KEY_COUNT), "ERR Bad number of keys provided");
    return Invocation.keyCount(call, said);
  }
}
