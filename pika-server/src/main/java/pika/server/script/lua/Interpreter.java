package pika.server.script.lua;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import party.iroiro.luajava.AbstractLua;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.lua51.Lua51;
import party.iroiro.luajava.lua51.Lua51Natives;

/**
 * One Lua state with functions written in Java. Confined to the thread that made it.
 *
 * <p>Native code has globals of its own, which scripts never see: the binding keeps notes there. Scripts live in {@link
 * #environment the environment}.
 */
public final class Interpreter implements AutoCloseable {
  private static final String ENVIRONMENT = "environment";

  private final State state = new State();
  private final Lua51Natives lua = (Lua51Natives) state.getLuaNatives();
  private final ValueChunk chunk = new ValueChunk();
  private final LuaStack stack = new LuaStack(lua, state.getPointer(), chunk);
  private @Nullable Throwable ending;

  public Interpreter() {
    lua.luaL_openlibs(state.getPointer());
    stack.newTable(0, 64);
    stack.set(LuaStack.REGISTRY, ENVIRONMENT);
  }

  /** The stack of the main thread. */
  public LuaStack stack() {
    return stack;
  }

  /** Pushes the table that is the globals of scripts. */
  public void environment() {
    stack.get(LuaStack.REGISTRY, ENVIRONMENT);
  }

  /** Makes {@code function} known to scripts as {@code table.name}; the table is made if there is none. */
  public void register(String table, String name, LuaFunction function) {
    environment();
    stack.get(-1, table);
    if (stack.type(-1) != LuaType.TABLE) {
      stack.pop(1);
      stack.newTable(0, 16);
      stack.copy(-1);
      stack.set(-3, table);
    }
    stack.push(function, this);
    stack.set(-2, name);
    stack.pop(2);
  }

  /**
   * Pushes the function that {@code source} is.
   *
   * @param name as positions show it, after {@code @} or {@code =}
   * @throws LuaError with the compiler's complaint
   */
  public void compile(byte[] source, String name) {
    compileLibrary(source, name);
    environment();
    lua.lua_setfenv(state.getPointer(), -2);
  }

  /** Like {@link #compile}, for trusted code: its globals are those of native code, all of Lua's own libraries. */
  public void compileLibrary(byte[] source, String name) {
    ByteBuffer code = ByteBuffer.allocateDirect(source.length).put(source).flip();
    if (lua.luaJ_loadbuffer(state.getPointer(), code, source.length, name) != 0) {
      String problem = stack.text(-1);
      stack.pop(1);
      throw LuaError.plain(problem);
    }
  }

  /**
   * Calls the function below its {@code arguments}, which it replaces by {@code results}.
   *
   * @throws LuaError for an error of the script, whose value is then the topmost
   */
  public void call(int arguments, int results) {
    ending = null;
    int status = lua.lua_pcall(state.getPointer(), arguments, results, 0);
    state.forgetCoroutines();
    Throwable cause = ending;
    if (cause != null) {
      throw Interpreter.<RuntimeException>unchecked(cause);
    }
    if (status != 0) {
      throw LuaError.plain(stack.type(-1) == LuaType.STRING ? stack.text(-1) : "error");
    }
  }

  @Override
  public void close() {
    state.close();
  }

  /** What luajava calls: no exception may leave it, as native code has no clean way to pass one on. */
  JFunction wrap(LuaFunction function) {
    return caller -> answer(function, caller);
  }

  private int answer(LuaFunction function, Lua caller) {
    LuaStack own = caller.getPointer() == state.getPointer()
        ? stack
        : new LuaStack(lua, caller.getPointer(), chunk);
    if (ending != null) {
      own.push("the script is being ended");
      return -1;
    }
    try {
      return function.call(own);
    } catch (LuaError e) {
      e.pushOn(own);
      return -1;
    } catch (Throwable e) {
      ending = e;
      own.push("the script is being ended");
      return -1;
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** luajava makes an object of each coroutine that calls Java, and keeps it until it is closed. */
  private static final class State extends Lua51 {
    private final List<AbstractLua> coroutines = new ArrayList<>();

    @Override
    protected AbstractLua newThread(long pointer, int id, AbstractLua main) {
      AbstractLua made = super.newThread(pointer, id, main);
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
