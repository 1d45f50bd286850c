package pika.server.script;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.info.Version;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaFunction;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;
import pika.server.script.lua.ValueChunk;

/** The {@code redis} table of one interpreter. Confined to its thread. */
final class RedisTable {
  private static final Logger LOG = LoggerFactory.getLogger("pika.script");

  private static final String TABLE = "redis";
  private static final int LOG_DEBUG = 0;
  private static final int LOG_VERBOSE = 1;
  private static final int LOG_NOTICE = 2;
  private static final int LOG_WARNING = 3;

  private static final int REPL_NONE = 0;
  private static final int REPL_AOF = 1;
  private static final int REPL_REPLICA = 2;
  private static final int REPL_ALL = REPL_AOF | REPL_REPLICA;

  private static final String WRONG_ARGUMENTS = "ERR wrong number or type of arguments";
  private static final String NO_COMMAND =
      "ERR Please specify at least one argument for this redis lib call";
  private static final String TOO_LARGE =
      "OOM the arguments of a command called by the script exceed lua-memory-limit.";
  private static final String BAD_ARGUMENT =
      "ERR Lua redis lib command arguments must be strings or integers";

  private final Interpreter interpreter;
  private final ReplyReader reader = new ReplyReader();
  private @Nullable ScriptCalls calls;
  private Protocol spoken = Protocol.RESP2;

  /** Registers the table with the interpreter. */
  RedisTable(Interpreter interpreter) {
    this.interpreter = interpreter;
    add("call", this::call);
    add("pcall", this::pcall);
    add("error_reply", RedisTable::errorReply);
    add("status_reply", RedisTable::statusReply);
    add("sha1hex", RedisTable::sha1hex);
    add("log", RedisTable::log);
    add("setresp", this::setresp);
    add("set_repl", RedisTable::setRepl);
    add("replicate_commands", stack -> bool(stack, true));
    add("breakpoint", stack -> bool(stack, false));
    add("debug", stack -> 0);
    add("acl_check_cmd", this::aclCheckCmd);
    constant("LOG_DEBUG", LOG_DEBUG);
    constant("LOG_VERBOSE", LOG_VERBOSE);
    constant("LOG_NOTICE", LOG_NOTICE);
    constant("LOG_WARNING", LOG_WARNING);
    constant("REPL_NONE", REPL_NONE);
    constant("REPL_AOF", REPL_AOF);
    constant("REPL_SLAVE", REPL_REPLICA);
    constant("REPL_REPLICA", REPL_REPLICA);
    constant("REPL_ALL", REPL_ALL);
    constant("REDIS_VERSION_NUM", versionNumber(Version.REDIS));
    interpreter.stack().push(Version.REDIS);
    interpreter.define(TABLE, "REDIS_VERSION");
  }

  /**
   * Begins a script, which runs commands through {@code newCalls} and speaks RESP2 until it chooses
   * otherwise.
   */
  void begin(ScriptCalls newCalls) {
    calls = newCalls;
    spoken = Protocol.RESP2;
  }

  void end() {
    calls = null;
  }

  /** Returns the protocol that the script has chosen. */
  Protocol spoken() {
    return spoken;
  }

  private void add(String name, LuaFunction function) {
    interpreter.register(TABLE, name, function);
  }

  private void constant(String name, double value) {
    interpreter.stack().push(value);
    interpreter.define(TABLE, name);
  }

  private static int versionNumber(String version) {
    int number = 0;
    for (String part : version.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  // ---- commands

  /** Why a call failed, and whether that is a command's error that has been counted. */
  private record Problem(String text, boolean isCounted) {}

  private int call(LuaStack stack) {
    Problem problem = run(stack);
    if (problem != null) {
      throw LuaError.value(problem.text, raised -> pushError(raised, problem));
    }
    return push(stack);
  }

  private int pcall(LuaStack stack) {
    Problem problem = run(stack);
    if (problem != null) {
      pushError(stack, problem);
      return 1;
    }
    return push(stack);
  }

  /**
   * Runs the command in the arguments; the reader then has its reply, unless a problem is returned.
   */
  private @Nullable Problem run(LuaStack stack) {
    byte[][] args = new byte[stack.top()][];
    String mistake = arguments(stack, args);
    if (mistake != null) {
      return new Problem(mistake, false);
    }
    Reply reply;
    try {
      reply = current().run(args, spoken);
    } catch (CommandException refused) {
      return new Problem(refused.errorText(), true);
    }
    reader.read(reply, spoken);
    return reader.isError() ? new Problem(reader.error(), true) : null;
  }

  private int push(LuaStack stack) {
    if (reader.isInteger()) {
      stack.push((double) reader.integer());
    } else {
      reader.tell(stack.chunk());
      stack.push(stack.chunk());
    }
    return 1;
  }

  private int aclCheckCmd(LuaStack stack) {
    byte[][] args = new byte[stack.top()][];
    String problem = arguments(stack, args);
    if (problem != null) {
      throw raised(problem);
    }
    try {
      return bool(stack, current().isAllowed(args));
    } catch (CommandException unknown) {
      throw raised(unknown.errorText());
    }
  }

  private ScriptCalls current() {
    return requireNonNull(calls);
  }

  private @Nullable String arguments(LuaStack stack, byte[][] args) {
    if (args.length == 0) {
      return NO_COMMAND;
    }
    // A large string repeated thousands of times takes little memory in Lua, but not as arguments.
    long roomBytes = interpreter.memoryLimitBytes();
    for (int i = 0; i < args.length; i++) {
      switch (stack.type(i + 1)) {
        case STRING -> {
          roomBytes -= stack.length(i + 1);
          if (roomBytes < 0) {
            throw new CommandException(TOO_LARGE);
          }
          args[i] = stack.bytes(i + 1);
        }
        case NUMBER -> args[i] = LuaNumbers.bytes(stack.number(i + 1));
        default -> {
          return BAD_ARGUMENT;
        }
      }
    }
    return null;
  }

  // ---- replies made by hand

  private static int errorReply(LuaStack stack) {
    if (stack.top() != 1 || stack.type(1) != LuaType.STRING) {
      pushError(stack, new Problem(WRONG_ARGUMENTS, false));
      return 1;
    }
    String text = strip(Args.printed(stack.text(1)));
    if (text.startsWith("-")) {
      text = text.substring(1);
    }
    pushTable(stack, "err", text.indexOf(' ') < 0 ? "ERR " + text : text);
    return 1;
  }

  private static int statusReply(LuaStack stack) {
    if (stack.top() != 1 || stack.type(1) != LuaType.STRING) {
      pushError(stack, new Problem(WRONG_ARGUMENTS, false));
    } else {
      pushTable(stack, "ok", stack.text(1));
    }
    return 1;
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isLineBreak(text.charAt(from))) {
      from++;
    }
    while (from < to && isLineBreak(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isLineBreak(char c) {
    return c == '\r' || c == '\n';
  }

  private static LuaError raised(String text) {
    return LuaError.value(text, stack -> pushError(stack, new Problem(text, false)));
  }

  private static void pushError(LuaStack stack, Problem problem) {
    ValueChunk chunk = stack.chunk();
    chunk.beginTable(0, 2);
    chunk.beginField();
    chunk.string("err");
    chunk.string(problem.text);
    if (problem.isCounted) {
      chunk.beginField();
      chunk.string(ScriptReply.COUNTED);
      chunk.bool(true);
    }
    chunk.endTable();
    stack.push(chunk);
  }

  private static void pushTable(LuaStack stack, String field, String text) {
    ValueChunk chunk = stack.chunk();
    chunk.beginTable(0, 1);
    chunk.beginField();
    chunk.string(field);
    chunk.string(text);
    chunk.endTable();
    stack.push(chunk);
  }

  // ---- all the rest

  private static int sha1hex(LuaStack stack) {
    if (stack.top() != 1) {
      throw raised("ERR wrong number of arguments");
    }
    boolean isText = stack.type(1) == LuaType.STRING || stack.type(1) == LuaType.NUMBER;
    stack.push(Sha1.of(isText ? stack.bytes(1) : new byte[0]));
    return 1;
  }

  private static int log(LuaStack stack) {
    if (stack.top() < 2) {
      throw raised("ERR redis.log() requires two arguments or more.");
    }
    if (!stack.isNumeric(1)) {
      throw raised("ERR First argument must be a number (log level).");
    }
    int level = (int) stack.number(1);
    if (level < LOG_DEBUG || level > LOG_WARNING) {
      throw raised("ERR Invalid debug level.");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 2; i <= stack.top(); i++) {
      if (stack.type(i) == LuaType.STRING || stack.type(i) == LuaType.NUMBER) {
        text.append(i == 2 ? "" : " ").append(Args.printed(stack.text(i)));
      }
    }
    switch (level) {
      case LOG_WARNING -> LOG.warn("{}", text);
      case LOG_NOTICE -> LOG.info("{}", text);
      default -> LOG.debug("{}", text);
    }
    return 0;
  }

  private int setresp(LuaStack stack) {
    if (stack.top() != 1) {
      throw raised("ERR redis.setresp() requires one argument.");
    }
    double version = stack.number(1);
    if (version != 2 && version != 3) {
      throw raised("ERR RESP version must be 2 or 3.");
    }
    spoken = version == 2 ? Protocol.RESP2 : Protocol.RESP3;
    return 0;
  }

  /** Only checks the flags: there are no replicas to keep effects from. */
  private static int setRepl(LuaStack stack) {
    if (stack.top() != 1) {
      throw raised("ERR redis.set_repl() requires two arguments.");
    }
    if (((int) stack.number(1) & ~REPL_ALL) != 0) {
      throw raised(
          "ERR Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
    }
    return 0;
  }

  private static int bool(LuaStack stack, boolean value) {
    stack.push(value);
    return 1;
  }
}
