package pika.server.commands;

import static pika.server.command.Flag.ALLOW_BUSY;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SCRIPTING;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.script.CommandCalls;
import pika.server.script.Invocation;
import pika.server.script.Script;
import pika.server.script.ScriptEngine;
import pika.server.script.ScriptFlag;
import pika.server.script.ScriptKind;

/** EVAL and the like, and SCRIPT. */
final class ScriptCommands implements Family {
  private static final String SINCE = "2.6.0";
  private static final String RO_SINCE = "7.0.0";
  private static final String COST = "Depends on the script that is executed.";
  private static final String NO_SCRIPT = "NOSCRIPT No matching script. Please use EVAL.";

  private final ScriptEngine engine;
  private final CommandTable table;
  private final Access access;

  ScriptCommands(ScriptEngine engine, CommandTable table, Access access) {
    this.engine = engine;
    this.table = table;
    this.access = access;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        Invocation.command("eval")
            .is(
                SCRIPTING,
                SINCE,
                COST,
                "Executes a Lua script.",
                "script numkeys:integer [key...] [arg...]")
            .writesNothingIf(args -> engine.writesNothing(args[1]))
            .runs(call -> eval(call, false)),
        Invocation.read("eval_ro")
            .is(
                SCRIPTING,
                RO_SINCE,
                COST,
                "Executes a read-only Lua script.",
                "script numkeys:integer [key...] [arg...]")
            .runs(call -> eval(call, true)),
        Invocation.command("evalsha")
            .is(
                SCRIPTING,
                SINCE,
                COST,
                "Executes a cached Lua script by its SHA-1 digest.",
                "sha1 numkeys:integer [key...] [arg...]")
            .writesNothingIf(this::writesNothing)
            .runs(call -> evalSha(call, false)),
        Invocation.read("evalsha_ro")
            .is(
                SCRIPTING,
                RO_SINCE,
                COST,
                "Executes a cached read-only Lua script by its SHA-1 digest.",
                "sha1 numkeys:integer [key...] [arg...]")
            .runs(call -> evalSha(call, true)),
        container(
                "script",
                command("load", 3, NOSCRIPT, STALE)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the length in bytes of the script body.",
                        "Caches a script without executing it and returns its SHA-1 digest.",
                        "script")
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .placed(args -> Invocation.placeOf(args[2]))
                    .runs(call -> Reply.bulk(engine.loaded(call.arg(2)).sha1())),
                command("exists", -3, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the number of scripts to check",
                        "Returns whether scripts are in the script cache.",
                        "sha1...")
                    .tips("request_policy:all_shards", "response_policy:agg_logical_and")
                    .runs(this::exists),
                command("flush", -2, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the number of scripts in cache",
                        "Empties the script cache.",
                        "[ASYNC|SYNC]")
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .runs(this::flush),
                command("kill", 2, NOSCRIPT, ALLOW_BUSY)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(1)",
                        "Stops running scripts that exceed their time limit.",
                        "")
                    .tips("request_policy:all_shards", "response_policy:one_succeeded")
                    .runs(this::kill),
                command("debug", 3, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        "3.2.0",
                        "O(1)",
                        "Accepts the debugger modes without effect; there is no debugger.",
                        "(YES|SYNC|NO)")
                    .runs(this::debug),
                help(SCRIPTING, "5.0.0"))
            .is(SCRIPTING, SINCE, "Manages the cache of Lua scripts."));
  }

  private Reply eval(Call call, boolean readOnly) {
    int keyCount = keyCount(call);
    return run(call, engine.evaluated(call.arg(1)), keyCount, readOnly);
  }

  private Reply evalSha(Call call, boolean readOnly) {
    int keyCount = call.arg(1).length == 40 ? keyCount(call) : 0;
    Script script = named(call.arg(1));
    if (script == null) {
      throw new CommandException(NO_SCRIPT);
    }
    return run(call, script, keyCount, readOnly);
  }

  private @Nullable Script named(byte[] sha1) {
    return engine.find(Args.text(sha1).toLowerCase(Locale.ROOT));
  }

  private boolean writesNothing(byte[][] args) {
    Script script = named(args[1]);
    return script != null && script.has(ScriptFlag.NO_WRITES);
  }

  private static int keyCount(Call call) {
    return Invocation.keyCount(call, call.longArg(Invocation.KEY_COUNT));
  }

  private Reply run(Call call, Script script, int keyCount, boolean readOnly) {
    boolean writesNothing = script.has(ScriptFlag.NO_WRITES);
    if (readOnly && script.declares() && !writesNothing) {
      throw Invocation.wouldWrite();
    }
    CommandCalls calls = new CommandCalls(call, table, access, engine, readOnly || writesNothing);
    return Invocation.keepingDatabase(
        call,
        () -> engine.run(
            script,
            call.args(),
            Invocation.FIRST_KEY,
            keyCount,
            calls,
            call.unit().mayBlock()));
  }

  private Reply exists(Call call) {
    List<Reply> known = new ArrayList<>();
    for (byte[] sha1 : call.argsFrom(2)) {
      known.add(named(sha1) == null ? Reply.ZERO : Reply.ONE);
    }
    return Reply.array(known);
  }

  private Reply flush(Call call) {
    if (call.argCount() > 3
        || (call.argCount() == 3 && !call.argIs(2, "SYNC") && !call.argIs(2, "ASYNC"))) {
      throw new CommandException("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    engine.flush();
    return Reply.OK;
  }

  private Reply kill(Call call) {
    engine.running().kill(ScriptKind.SCRIPT);
    return Reply.OK;
  }

  private Reply debug(Call call) {
    if (!call.argIs(2, "YES") && !call.argIs(2, "SYNC") && !call.argIs(2, "NO")) {
      throw new CommandException("ERR Use SCRIPT DEBUG YES/SYNC/NO");
    }
    return Reply.OK;
  }
}
