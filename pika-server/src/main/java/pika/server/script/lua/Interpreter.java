package pika.server.script.lua;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import party.iroiro.luajava.AbstractLua;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.lua51.Lua51;
import party.iroiro.luajava.lua51.Lua51Natives;

/**
 * One Lua state with Redis' sandbox ({@code sandbox.lua}) and functions written in Java. Confined
 * to the thread that created it.
 *
 * <p>Native code has globals of its own, hidden from scripts, where the binding keeps notes.
 * Scripts have an environment that they can't change.
 *
 * <p><b>Bounds.</b> Lua calls back after a number of instructions ({@link Watch}); anything that
 * could take much memory within few of them asks first. The more memory is in use, the more often
 * it calls. An exception that is not a {@link LuaError} ends the script whatever it does: it
 * becomes an error that no function of the sandbox catches.
 */
public final class Interpreter implements AutoCloseable {
  private static final String SANDBOX = "sandbox.lua";
  private static final byte BYTECODE = 0x1b;

  private static final int GC_COLLECT = 2;
  private static final int GC_COUNT_KILOBYTES = 3;

  private static final int INTERVAL = 2000;
  private static final int INTERVAL_ABOVE_SOME = 200;
  private static final int INTERVAL_ABOVE_MUCH = 20;

  /** Watches what runs between scripts: no script answers for that. */
  private static final Watch NOBODY = instructions -> {};

  private final State state = new State();
  private final long main = state.getPointer();
  private final Lua51Natives lua = (Lua51Natives) state.getLuaNatives();
  private final ValueChunk chunk = new ValueChunk();
  private final LuaStack stack = new LuaStack(lua, main, chunk);
  private final RedisRandom random;
  private final long memoryLimitBytes;
  private final int environment;
  private final int run;
  private final int cleanCall;
  private final int handler;
  private final int define;
  private final int sethook;
  private final int tick;
  private final int endingFlag;
  private int interval = INTERVAL;
  private Watch watch = NOBODY;
  private @Nullable Throwable ending;
  private String endedAt = "";

  /**
   * Creates an interpreter with a random sequence of its own.
   *
   * @param memoryLimitBytes how much memory its values may take
   */
  public Interpreter(long memoryLimitBytes) {
    this(memoryLimitBytes, new RandomSequence());
  }

  /**
   * Creates an interpreter that draws random numbers from {@code numbers}.
   *
   * @param memoryLimitBytes how much memory its values may take
   */
  public Interpreter(long memoryLimitBytes, RandomSequence numbers) {
    this.memoryLimitBytes = memoryLimitBytes;
    this.random = new RedisRandom(numbers);
    lua.luaL_openlibs(main);
    loadSandbox();
    stack.newTable(0, 8);
    tick = field("tick", this::tick);
    field("measure", this::measure);
    field("exhausted", this::exhausted);
    field("interval", this::interval);
    field("compile", this::compileFor);
    field("random", random::random);
    field("randomseed", random::seed);
    stack.newTable(0, 1);
    stack.copy(-1);
    endingFlag = ref();
    stack.set(-2, "ending");
    stack.push((double) memoryLimitBytes);
    if (lua.lua_pcall(main, 2, 6, 0) != 0) {
      throw new IllegalStateException(stack.text(-1));
    }
    sethook = ref();
    define = ref();
    handler = ref();
    run = ref();
    cleanCall = ref();
    environment = ref();
  }

  private void loadSandbox() {
    try (InputStream in = Objects.requireNonNull(Interpreter.class.getResourceAsStream(SANDBOX))) {
      load(in.readAllBytes(), "=sandbox");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int field(String name, LuaFunction function) {
    stack.push(function, this);
    stack.copy(-1);
    int reference = ref();
    stack.set(-2, name);
    return reference;
  }

  // ---- building

  /** Returns the stack of the main thread. */
  public LuaStack stack() {
    return stack;
  }

  /**
   * Registers {@code function} for scripts as {@code table.name}; creates the table if necessary.
   */
  public void register(String table, String name, LuaFunction function) {
    stack.push(function, this);
    define(table, name);
  }

  /** Pops a value and makes it available to scripts as {@code table.name}. */
  public void define(String table, String name) {
    int value = stack.top();
    push(define);
    stack.push(table);
    stack.push(name);
    stack.copy(value);
    if (lua.lua_pcall(main, 3, 0, 0) != 0) {
      throw new IllegalStateException(stack.text(-1));
    }
    stack.pop(1);
  }

  // ---- functions that are kept

  /**
   * Compiles a script and keeps it; returns its reference, valid until it is
   * {@linkplain #release released}.
   *
   * @param name as positions show it, after {@code @} or {@code =}
   * @throws LuaError with the compiler's error
   */
  public int compile(byte[] source, String name) {
    compileOnStack(stack, source, name);
    return ref();
  }

  /**
   * Compiles trusted code and pushes it as a function: its globals are those of native code, as far
   * as {@code sandbox.lua} leaves them.
   */
  public void compileLibrary(byte[] source, String name) {
    load(source, name);
  }

  /** Pushes the globals of scripts. */
  public void environment() {
    push(environment);
  }

  /** Pops a value and keeps it; returns its reference. */
  public int ref() {
    return lua.luaL_ref(main, LuaStack.REGISTRY);
  }

  public void release(int reference) {
    lua.luaL_unref(main, LuaStack.REGISTRY, reference);
  }

  /** Pushes a kept value. */
  public void push(int reference) {
    stack.get(LuaStack.REGISTRY, reference);
  }

  // ---- running

  /**
   * Runs a compiled script with KEYS and ARGV, which the stack's chunk holds as one table of two.
   * Afterwards the top of the stack is the result or, on failure, a table whose field {@code err}
   * is the error's text.
   *
   * @return whether it succeeded
   */
  public boolean run(int script, Watch watching) {
    push(run);
    push(script);
    stack.push(chunk);
    return call(2, watching);
  }

  /**
   * Calls the function below its {@code arguments}, which are replaced by one value as in
   * {@link #run}.
   */
  public boolean call(int arguments, Watch watching) {
    int function = stack.top() - arguments;
    push(cleanCall);
    stack.insert(function);
    push(handler);
    stack.insert(function);
    watch = watching;
    ending = null;
    int status = lua.lua_pcall(main, arguments + 1, 1, function);
    watch = NOBODY;
    stack.remove(function);
    state.forgetCoroutines();
    random.end();
    Throwable cause = ending;
    ending = null;
    if (interval != INTERVAL) {
      interval = INTERVAL;
      setHook(stack, interval);
    }
    if (cause != null) {
      endedAt = positionOf(function);
      stack.top(function - 1);
      throw Interpreter.<RuntimeException>unchecked(cause);
    }
    return status == 0;
  }

  /**
   * Returns where the last script that was ended had got to, as {@code @user_script:7}; empty if
   * unknown.
   */
  public String endedAt() {
    return endedAt;
  }

  private String positionOf(int error) {
    if (stack.type(error) != LuaType.TABLE) {
      return "";
    }
    stack.get(error, "source");
    stack.get(error, "line");
    return stack.type(-2) == LuaType.STRING ? stack.text(-2) + ":" + (int) stack.number(-1) : "";
  }

  /** Returns how much memory the interpreter's values may take. */
  public long memoryLimitBytes() {
    return memoryLimitBytes;
  }

  /** Returns how much memory the interpreter's values take. */
  public long usedBytes() {
    return 1024L * lua.lua_gc(main, GC_COUNT_KILOBYTES, 0);
  }

  @Override
  public void close() {
    state.close();
  }

  // ---- compiling

  private void compileOnStack(LuaStack to, byte[] source, String name) {
    boolean binary = source.length > 0 && source[0] == BYTECODE;
    byte[] text = source;
    if (binary) {
      text = source.clone();
      text[0] = 1;
    }
    try {
      load(to, text, name);
    } catch (LuaError e) {
      throw binary ? LuaError.plain(e.text().replace("char(1)", "char(27)")) : e;
    }
    CodeGuard.protect(to, lua);
    to.get(LuaStack.REGISTRY, environment);
    lua.lua_setfenv(to.pointer(), -2);
  }

  private void load(byte[] source, String name) {
    load(stack, source, name);
  }

  private void load(LuaStack to, byte[] source, String name) {
    ByteBuffer code =
        ByteBuffer.allocateDirect(Math.max(1, source.length)).put(source).flip();
    if (lua.luaJ_loadbuffer(to.pointer(), code, source.length, name) != 0) {
      String problem = to.text(-1);
      to.pop(1);
      throw LuaError.plain(problem);
    }
  }

  // ---- what Lua calls

  private int compileFor(LuaStack caller) {
    String name = caller.text(2);
    try {
      compileOnStack(caller, caller.bytes(1), name);
      return 1;
    } catch (LuaError e) {
      caller.pushNil();
      caller.push(e.text().getBytes(StandardCharsets.ISO_8859_1));
      return 2;
    }
  }

  private int tick(LuaStack caller) {
    measure(caller);
    watch.tick(interval);
    return 0;
  }

  private int interval(LuaStack caller) {
    caller.push((double) interval);
    return 1;
  }

  /** Checks memory; the less is left, the more often. */
  private int measure(LuaStack caller) {
    long used = usedBytes();
    if (used > memoryLimitBytes) {
      used = collect();
    }
    if (used > memoryLimitBytes) {
      throw new OutOfScriptMemory(memoryLimitBytes);
    }
    int wanted = used > memoryLimitBytes / 8
        ? INTERVAL_ABOVE_MUCH
        : used > memoryLimitBytes / 32 ? INTERVAL_ABOVE_SOME : INTERVAL;
    if (wanted != interval) {
      interval = wanted;
      setHook(caller, wanted);
    }
    return 0;
  }

  private int exhausted(LuaStack caller) {
    double wanted = caller.number(1);
    if (wanted > memoryLimitBytes || collect() + wanted > memoryLimitBytes) {
      throw new OutOfScriptMemory(memoryLimitBytes);
    }
    return 0;
  }

  private long collect() {
    lua.lua_gc(main, GC_COLLECT, 0);
    return usedBytes();
  }

  /** Sets after how many instructions the thread calls back. */
  private void setHook(LuaStack thread, int instructions) {
    thread.get(LuaStack.REGISTRY, sethook);
    thread.get(LuaStack.REGISTRY, tick);
    thread.push("");
    thread.push((double) instructions);
    lua.lua_pcall(thread.pointer(), 3, 0, 0);
  }

  /**
   * Wraps a function for luajava: no exception may leave it, as native code has no clean way to
   * pass one on.
   */
  JFunction wrap(LuaFunction function) {
    return caller -> answer(function, caller);
  }

  private int answer(LuaFunction function, Lua caller) {
    LuaStack own =
        caller.getPointer() == main ? stack : new LuaStack(lua, caller.getPointer(), chunk);
    if (ending == null) {
      try {
        return function.call(own);
      } catch (LuaError e) {
        e.pushOn(own);
        return -1;
      } catch (Throwable e) {
        ending = e;
      }
    }
    own.get(LuaStack.REGISTRY, endingFlag);
    own.push(true);
    own.set(-2, "now");
    own.push("the script is being terminated");
    return -1;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /**
   * luajava creates an object for each coroutine that calls Java, and keeps it until it is closed.
   */
  private static final class State extends Lua51 {
    private final List<AbstractLua> coroutines = new ArrayList<>();

    @Override
    protected AbstractLua newThread(long pointer, int id, AbstractLua mainState) {
      AbstractLua made = super.newThread(pointer, id, mainState);
      coroutines.add(made);
      return made;
    }

    void forgetCoroutines() {
      if (!coroutines.isEmpty()) {
        coroutines.forEach(AbstractLua::close);
        coroutines.clear();
      }
    }
  }
}
