package pika.server.commands;

import static pika.server.command.Flag.ALLOW_BUSY;
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
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.read;

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
import pika.server.script.Script;
import pika.server.script.ScriptEngine;
import pika.server.script.ScriptFlag;
import pika.server.script.ScriptKind;

/** EVAL and its relatives, SCRIPT. */
final class ScriptCommands implements Family {
  private static final String SINCE = "2.6.0";
  private static final String RO_SINCE = "7.0.0";
  private static final String COST = "Depends on the script that is executed.";
  private static final int FIRST_KEY = 3;
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
        command(
                "eval",
                -3,
                countedAt(2, RW, ACCESS, UPDATE),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(
                SCRIPTING,
                SINCE,
                COST,
                "Runs a Lua script.",
                "script numkeys:integer [key...] [arg...]")
            .usesKeyspace()
            .slowIfLarge()
            .runs(call -> eval(call, false)),
        read(
                "eval_ro",
                -3,
                countedAt(2, RO, ACCESS),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(
                SCRIPTING,
                RO_SINCE,
                COST,
                "Runs a Lua script that changes nothing.",
                "script numkeys:integer [key...] [arg...]")
            .slowIfLarge()
            .runs(call -> eval(call, true)),
        command(
                "evalsha",
                -3,
                countedAt(2, RW, ACCESS, UPDATE),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(
                SCRIPTING,
                SINCE,
                COST,
                "Runs a Lua script by its SHA-1.",
                "sha1 numkeys:integer [key...] [arg...]")
            .usesKeyspace()
            .slowIfLarge()
            .runs(call -> evalSha(call, false)),
        read(
                "evalsha_ro",
                -3,
                countedAt(2, RO, ACCESS),
                NOSCRIPT,
                STALE,
                SKIP_MONITOR,
                NO_MANDATORY_KEYS)
            .is(
                SCRIPTING,
                RO_SINCE,
                COST,
                "Runs a Lua script that changes nothing by its SHA-1.",
                "sha1 numkeys:integer [key...] [arg...]")
            .slowIfLarge()
            .runs(call -> evalSha(call, true)),
        container(
                "script",
                command("load", 3, NOSCRIPT, STALE)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the length in bytes of the script body.",
                        "Keeps a script without running it.",
                        "script")
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .runs(call -> Reply.bulk(engine.loaded(call.arg(2)).sha1())),
                command("exists", -3, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the number of scripts to check",
                        "Tells which scripts are known.",
                        "sha1...")
                    .tips("request_policy:all_shards", "response_policy:agg_logical_and")
                    .runs(this::exists),
                command("flush", -2, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        SINCE,
                        "O(N) with N being the number of scripts in cache",
                        "Forgets all scripts.",
                        "[ASYNC|SYNC]")
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .runs(this::flush),
                command("kill", 2, NOSCRIPT, ALLOW_BUSY)
                    .is(SCRIPTING, SINCE, "O(1)", "Ends scripts that run too long.", "")
                    .tips("request_policy:all_shards", "response_policy:one_succeeded")
                    .runs(this::kill),
                command("debug", 3, NOSCRIPT)
                    .is(
                        SCRIPTING,
                        "3.2.0",
                        "O(1)",
                        "Accepts the debugger's modes; there is no debugger.",
                        "(YES|SYNC|NO)")
                    .runs(this::debug),
                help(SCRIPTING, "5.0.0"))
            .is(SCRIPTING, SINCE, "A container for Lua script management commands."));
  }

  private Reply eval(Call call, boolean readOnly) {
    int keyCount = keyCount(call);
    return run(call, engine.evaluated(call.arg(1)), keyCount, readOnly);
  }

  private Reply evalSha(Call call, boolean readOnly) {
    int keyCount = call.arg(1).length == 40 ? keyCount(call) : 0;
    Script script = engine.find(call.textArg(1).toLowerCase(Locale.ROOT));
    if (script == null) {
      throw new CommandException(NO_SCRIPT);
    }
    return run(call, script, keyCount, readOnly);
  }

  private static int keyCount(Call call) {
    long count = call.longArg(2);
    if (count > call.argCount() - FIRST_KEY) {
      throw new CommandException("ERR Number of keys can't be greater than number of args");
    }
    if (count < 0) {
      throw new CommandException("ERR Number of keys can't be negative");
    }
    return (int) count;
  }

  private Reply run(Call call, Script script, int keyCount, boolean readOnly) {
    boolean writesNothing = script.has(ScriptFlag.NO_WRITES);
    if (readOnly && script.declares() && !writesNothing) {
      throw new CommandException(
          "ERR Can not execute a script with write flag using *_ro command.");
    }
    CommandCalls calls = new CommandCalls(call, table, access, engine, readOnly || writesNothing);
    int database = call.session().db();
    try {
      return engine.run(
          script, call.args(), FIRST_KEY, keyCount, calls, call.unit().mayBlock());
    } finally {
      // SELECT in a script is for the script.
      call.session().db(database);
    }
  }

  private Reply exists(Call call) {
    List<Reply> known = new ArrayList<>();
    for (byte[] sha1 : call.argsFrom(2)) {
      @Nullable Script script = engine.find(Args.text(sha1).toLowerCase(Locale.ROOT));
      known.add(script == null ? Reply.ZERO : Reply.ONE);
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
