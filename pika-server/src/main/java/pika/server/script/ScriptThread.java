package pika.server.script;

import java.util.LinkedHashMap;
import java.util.Map;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.script.lib.ScriptLibraries;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;
import pika.server.script.lua.OutOfScriptMemory;
import pika.server.script.lua.RandomSequence;
import pika.server.script.lua.ValueChunk;
import pika.server.script.lua.Watch;

/**
 * One thread's interpreter with everything scripts see, and its compiled scripts. Confined to the
 * thread. A script that exhausts its memory makes the interpreter unusable.
 */
public final class ScriptThread implements AutoCloseable {
  /** Number of compiled scripts kept. */
  private static final int COMPILED = 256;

  /** Memory is measured after this many runs. */
  private static final int LOOK_EVERY = 64;

  private static final String CHUNK_NAME = "@user_script";
  private static final String OUT_OF_MEMORY = "OOM the script exceeds lua-memory-limit.";

  private final Interpreter interpreter;
  private final ScriptLibraries libraries;
  private final RedisTable redis;
  private volatile long usedBytes;
  private int runs;
  private boolean usable = true;

  private final Map<String, Integer> compiled = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      if (size() > COMPILED) {
        interpreter.release(eldest.getValue());
        return true;
      }
      return false;
    }
  };

  /**
   * Creates an interpreter for the calling thread.
   *
   * @param memoryBytes how much memory its values may take
   */
  public ScriptThread(long memoryBytes, RandomSequence numbers) {
    this.interpreter = new Interpreter(memoryBytes, numbers);
    this.libraries = new ScriptLibraries(interpreter);
    this.redis = new RedisTable(interpreter);
    this.usedBytes = interpreter.usedBytes();
  }

  public Interpreter interpreter() {
    return interpreter;
  }

  /** Returns the memory of its values as last measured; from any thread. */
  long usedBytes() {
    return usedBytes;
  }

  /** Returns whether it can still run scripts. */
  public boolean isUsable() {
    return usable;
  }

  /**
   * Compiles a script, unless that was done before.
   *
   * @throws CommandException with the compiler's error
   */
  public void compile(Script script) {
    reference(script);
  }

  private int reference(Script script) {
    Integer known = compiled.get(script.sha1());
    if (known != null) {
      return known;
    }
    try {
      int made = interpreter.compile(script.code(), CHUNK_NAME);
      compiled.put(script.sha1(), made);
      return made;
    } catch (LuaError e) {
      throw new CommandException("ERR Error compiling script (new function): " + e.text());
    }
  }

  /** Drops all compiled scripts. */
  public void flush() {
    compiled.values().forEach(interpreter::release);
    compiled.clear();
  }

  /**
   * Runs a script and returns its reply. If that is an error, what it has done so far remains.
   *
   * @param args the call's arguments: the keys from {@code firstKey} on, then the others
   * @throws CommandException if it can't be compiled, has exhausted its memory, or was killed: its
   *     effects must be rolled back
   */
  public Reply run(
      Script script, byte[][] args, int firstKey, int keyCount, ScriptCalls calls, Watch watch) {
    int reference = reference(script);
    ValueChunk chunk = interpreter.stack().chunk();
    chunk.beginTable(2, 0);
    tell(chunk, args, firstKey, firstKey + keyCount);
    tell(chunk, args, firstKey + keyCount, args.length);
    chunk.endTable();
    return guarded(calls, script.sha1(), watch, () -> interpreter.run(reference, watch));
  }

  /** Appends a table of arguments to the chunk. */
  public static void tell(ValueChunk chunk, byte[][] args, int from, int to) {
    chunk.beginTable(to - from, 0);
    for (int i = from; i < to; i++) {
      chunk.string(args[i]);
    }
    chunk.endTable();
  }

  /** Calls a function of the interpreter and leaves one value on the stack. */
  @FunctionalInterface
  public interface Body {
    /** Returns whether the call succeeded. */
    boolean run();
  }

  /**
   * Like {@link #run}, for anything the interpreter can call.
   *
   * @param name the name that errors show
   * @param watch called while the result is read
   */
  public Reply guarded(ScriptCalls calls, String name, Watch watch, Body body) {
    LuaStack stack = interpreter.stack();
    int top = stack.top();
    redis.begin(calls);
    libraries.restoreSettings();
    try {
      boolean wentWell = body.run();
      return wentWell
          ? ScriptReply.of(stack, redis.spoken(), interpreter.memoryLimitBytes(), watch)
          : error(stack, name);
    } catch (ScriptKilled e) {
      throw new CommandException(
          withPlace("ERR Script killed by user with SCRIPT KILL...", name, interpreter.endedAt()));
    } catch (OutOfScriptMemory e) {
      usable = false;
      throw new CommandException(withPlace(OUT_OF_MEMORY, name, interpreter.endedAt()));
    } finally {
      redis.end();
      if (usable) {
        stack.top(top);
        if (runs++ % LOOK_EVERY == 0) {
          usedBytes = interpreter.usedBytes();
        }
      }
    }
  }

  private static Reply error(LuaStack stack, String name) {
    int error = stack.top();
    stack.get(error, "err");
    boolean isText = stack.isText(-1);
    String text = isText ? Args.printed(stack.text(-1)) : "ERR unknown error";
    stack.get(error, "source");
    stack.get(error, "line");
    String place = stack.isText(-2) ? stack.text(-2) + ":" + stack.text(-1) : "";
    stack.get(error, ScriptReply.COUNTED);
    boolean isPassedOn = stack.type(-1) == LuaType.BOOLEAN;
    return new ErrorReply(withPlace(text, name, place), isPassedOn);
  }

  private static String withPlace(String text, String name, String place) {
    return text + " script: " + name + (place.isEmpty() ? "" : ", on " + place + ".");
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
