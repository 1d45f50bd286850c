package pika.server.script.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static pika.server.command.Flag.ALLOW_BUSY;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Group.SCRIPTING;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Keys;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.script.RunningScripts;
import pika.server.script.ScriptFlag;
import pika.server.script.ScriptKind;
import pika.storage.bytes.Glob;

/** FUNCTION: manages the stored libraries. */
final class FunctionCommands implements Family {
  private static final String SINCE = "7.0.0";
  private static final String EVERYWHERE = "request_policy:all_shards";
  private static final String ALL_SUCCEED = "response_policy:all_succeeded";
  private static final String ENGINE = "LUA";

  private final LibraryShelf shelf;
  private final RunningScripts running;

  FunctionCommands(LibraryShelf shelf, RunningScripts running) {
    this.shelf = shelf;
    this.running = running;
  }

  @Override
  public List<Row> commands() {
    return List.of(container(
            "function",
            write("load", -3, Keys.NONE, DENYOOM, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(1) (considering compilation time is redundant)",
                    "Loads a library of functions and returns its name.",
                    "[REPLACE] function-code")
                .tips(EVERYWHERE, ALL_SUCCEED)
                .slow()
                .runs(this::load),
            write("delete", 3, Keys.NONE, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(1)",
                    "Removes a library with all its functions.",
                    "library-name")
                .tips(EVERYWHERE, ALL_SUCCEED)
                .onPool()
                .runs(this::delete),
            write("flush", -2, Keys.NONE, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(N) where N is the number of functions deleted",
                    "Removes all libraries with their functions.",
                    "[ASYNC|SYNC]")
                .tips(EVERYWHERE, ALL_SUCCEED)
                .onPool()
                .runs(this::flush),
            command("list", -2, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(N) where N is the number of functions",
                    "Returns the loaded libraries and their functions.",
                    "[LIBRARYNAME library-name-pattern] [WITHCODE]")
                .tips("nondeterministic_output_order")
                .runs(this::list),
            command("dump", 2, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(N) where N is the number of functions",
                    "Returns all libraries serialized for FUNCTION RESTORE.",
                    "")
                .slow()
                .runs(call -> Reply.bulk(shelf.dump(call.unit()))),
            write("restore", -3, Keys.NONE, DENYOOM, NOSCRIPT)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(N) where N is the number of functions on the payload",
                    "Loads the libraries serialized by FUNCTION DUMP.",
                    "serialized-value [FLUSH|APPEND|REPLACE]")
                .tips(EVERYWHERE, ALL_SUCCEED)
                .slow()
                .runs(this::restore),
            command("stats", 2, NOSCRIPT, ALLOW_BUSY)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(1)",
                    "Returns the running function and the engines available.",
                    "")
                .tips("nondeterministic_output", EVERYWHERE, "response_policy:special")
                .runs(this::stats),
            command("kill", 2, NOSCRIPT, ALLOW_BUSY)
                .is(
                    SCRIPTING,
                    SINCE,
                    "O(1)",
                    "Stops running functions that exceed their time limit.",
                    "")
                .tips(EVERYWHERE, "response_policy:one_succeeded")
                .runs(this::kill),
            help(SCRIPTING, SINCE))
        .is(SCRIPTING, SINCE, "Manages libraries of functions."));
  }

  private Reply load(Call call) {
    boolean replace = false;
    int code = call.argCount() - 1;
    for (int i = 2; i < code; i++) {
      if (!call.argIs(i, "REPLACE")) {
        throw new CommandException("ERR Unknown option given: " + call.textArg(i));
      }
      replace = true;
    }
    return Reply.bulk(shelf.load(call.unit(), call.arg(code), replace).getBytes(ISO_8859_1));
  }

  private Reply delete(Call call) {
    shelf.delete(call.unit(), call.textArg(2));
    return Reply.OK;
  }

  private Reply flush(Call call) {
    if (call.argCount() > 3) {
      throw tooMany(call);
    }
    if (call.argCount() == 3 && !call.argIs(2, "SYNC") && !call.argIs(2, "ASYNC")) {
      throw new CommandException("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    shelf.flush(call.unit());
    return Reply.OK;
  }

  private Reply restore(Call call) {
    if (call.argCount() > 4) {
      throw tooMany(call);
    }
    LibraryShelf.Policy policy = call.argCount() == 4 ? policy(call) : LibraryShelf.Policy.APPEND;
    shelf.restore(call.unit(), call.arg(2), policy);
    return Reply.OK;
  }

  private static LibraryShelf.Policy policy(Call call) {
    for (LibraryShelf.Policy policy : LibraryShelf.Policy.values()) {
      if (call.argIs(3, policy.name())) {
        return policy;
      }
    }
    throw new CommandException(
        "ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
  }

  private Reply list(Call call) {
    Glob pattern = null;
    boolean withCode = false;
    Options options = call.optionsFrom(2);
    while (options.hasNext()) {
      if (!withCode && options.take("WITHCODE")) {
        withCode = true;
      } else if (pattern == null && options.take("LIBRARYNAME")) {
        if (!options.hasNext()) {
          throw new CommandException("ERR library name argument was not given");
        }
        pattern = Glob.compile(options.next(), Glob.Case.IGNORED);
      } else {
        throw new CommandException(
            "ERR Unknown argument " + new String(options.next(), ISO_8859_1));
      }
    }
    List<Reply> found = new ArrayList<>();
    for (Library library : shelf.libraries(call.unit()).all()) {
      if (pattern == null || pattern.matches(library.name().getBytes(ISO_8859_1))) {
        found.add(told(library, withCode));
      }
    }
    return Reply.array(found);
  }

  private static Reply told(Library library, boolean withCode) {
    List<Reply> fields = new ArrayList<>(List.of(
        Reply.bulk("library_name"),
        Reply.bulk(library.name()),
        Reply.bulk("engine"),
        Reply.bulk(ENGINE),
        Reply.bulk("functions"),
        Reply.array(library.functions().stream().map(FunctionCommands::told).toList())));
    if (withCode) {
      fields.add(Reply.bulk("library_code"));
      fields.add(Reply.bulk(library.code()));
    }
    return Reply.map(fields);
  }

  private static Reply told(Function function) {
    @Nullable String description = function.description();
    List<Reply> flags = new ArrayList<>();
    for (ScriptFlag flag : ScriptFlag.values()) {
      if (function.has(flag)) {
        flags.add(Reply.simple(flag.redisName()));
      }
    }
    return Reply.map(List.of(
        Reply.bulk("name"),
        Reply.bulk(function.name()),
        Reply.bulk("description"),
        Reply.bulkOrNull(description == null ? null : description.getBytes(ISO_8859_1)),
        Reply.bulk("flags"),
        Reply.set(flags)));
  }

  private Reply stats(Call call) {
    Libraries libraries = shelf.libraries(call.unit());
    return Reply.map(List.of(
        Reply.bulk("running_script"),
        told(running.longestFunction()),
        Reply.bulk("engines"),
        Reply.map(List.of(
            Reply.bulk(ENGINE),
            Reply.map(List.of(
                Reply.bulk("libraries_count"),
                Reply.integer(libraries.all().size()),
                Reply.bulk("functions_count"),
                Reply.integer(libraries.functionCount())))))));
  }

  private static Reply told(RunningScripts.@Nullable Run run) {
    if (run == null) {
      return Reply.NULL;
    }
    return Reply.map(List.of(
        Reply.bulk("name"),
        Reply.bulk(run.name()),
        Reply.bulk("command"),
        Reply.array(run.command().stream().map(Reply::bulk).toList()),
        Reply.bulk("duration_ms"),
        Reply.integer(run.durationMs())));
  }

  private Reply kill(Call call) {
    running.kill(ScriptKind.FUNCTION);
    return Reply.OK;
  }

  private static CommandException tooMany(Call call) {
    return CommandException.wrongSubcommand(call.textArg(1), "FUNCTION");
  }
}
