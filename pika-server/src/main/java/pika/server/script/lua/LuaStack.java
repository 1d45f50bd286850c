package pika.server.script.lua;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import party.iroiro.luajava.lua51.Lua51Natives;

/**
 * The stack through which Java and one Lua thread (the main one or a coroutine) exchange values.
 * Positive indexes count from the bottom, negative ones from the top. Confined to the interpreter's
 * thread, and valid during one call only.
 *
 * <p>Every method is one call into native code, about 20 ns. None of them runs code of the script
 * (metamethods): a Lua error raised there would jump over Java's frames.
 */
public final class LuaStack {
  /** Index of the table that scripts can't reach. */
  static final int REGISTRY = -10000;

  /** Index of the globals of native code; scripts have an environment of their own. */
  static final int GLOBALS = -10002;

  private static final int ALL_RESULTS = -1;

  private final Lua51Natives lua;
  private final long pointer;
  private final ValueChunk chunk;

  LuaStack(Lua51Natives lua, long pointer, ValueChunk chunk) {
    this.lua = lua;
    this.pointer = pointer;
    this.chunk = chunk;
  }

  /** Ensures room for {@code count} more values; required before pushing more than twenty. */
  public void reserve(int count) {
    if (lua.lua_checkstack(pointer, count) == 0) {
      throw LuaError.at("stack overflow");
    }
  }

  /** Returns the number of values, which is also the index of the topmost. */
  public int top() {
    return lua.lua_gettop(pointer);
  }

  /** Pops down to {@code top} values, or pushes nil up to it. */
  public void top(int top) {
    lua.lua_settop(pointer, top);
  }

  public void pop(int count) {
    lua.lua_settop(pointer, -count - 1);
  }

  public void copy(int index) {
    lua.lua_pushvalue(pointer, index);
  }

  /** Moves the topmost value to {@code index}, shifting up those from there on. */
  public void insert(int index) {
    lua.lua_insert(pointer, index);
  }

  public void remove(int index) {
    lua.lua_remove(pointer, index);
  }

  // ---- reading

  public LuaType type(int index) {
    return LuaType.of(lua.lua_type(pointer, index));
  }

  /** Returns Lua's name of the type: {@code no value} above the top. */
  public String typeName(int index) {
    return lua.luaL_typename(pointer, index);
  }

  public boolean isTrue(int index) {
    return lua.lua_toboolean(pointer, index) != 0;
  }

  /** Returns the number, or that in a numeric string; 0 for anything else. */
  public double number(int index) {
    return lua.lua_tonumber(pointer, index);
  }

  /** Returns whether the value is a number or a numeric string. */
  public boolean isNumeric(int index) {
    return lua.lua_isnumber(pointer, index) != 0;
  }

  /** Returns the bytes of a string; a number on the stack is converted to a string in place. */
  public byte[] bytes(int index) {
    ByteBuffer buffer = (ByteBuffer) lua.luaJ_todirectbuffer(pointer, index);
    if (buffer == null) {
      throw new IllegalStateException("not a string: " + typeName(index));
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Returns whether the value is a string or a number, so that {@link #bytes} may be called. */
  public boolean isText(int index) {
    return lua.lua_isstring(pointer, index) != 0;
  }

  /** Returns {@link #bytes} with one char per byte. */
  public String text(int index) {
    return new String(bytes(index), StandardCharsets.ISO_8859_1);
  }

  /** Returns the length of a string in bytes or the border of a table, without metamethods. */
  public long length(int index) {
    return lua.lua_objlen(pointer, index);
  }

  /** Returns the address of a table or function, which identifies it. */
  public long identity(int index) {
    return lua.lua_topointer(pointer, index);
  }

  public boolean isSame(int index1, int index2) {
    return lua.lua_rawequal(pointer, index1, index2) != 0;
  }

  // ---- pushing

  public void pushNil() {
    lua.lua_pushnil(pointer);
  }

  public void push(boolean value) {
    lua.lua_pushboolean(pointer, value ? 1 : 0);
  }

  public void push(double value) {
    lua.lua_pushnumber(pointer, value);
  }

  /** Pushes bytes. Short ASCII text is fastest. */
  public void push(byte[] bytes) {
    push(bytes, 0, bytes.length);
  }

  public void push(byte[] bytes, int offset, int length) {
    if (isAscii(bytes, offset, length)) {
      lua.lua_pushstring(pointer, new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    } else {
      chunk.string(bytes, offset, length);
      push(chunk);
    }
  }

  /** Pushes ASCII text without NUL. */
  public void push(String ascii) {
    lua.lua_pushstring(pointer, ascii);
  }

  /** Pushes the value in the chunk, however deep; takes two calls into native code. */
  public void push(ValueChunk value) {
    ByteBuffer code = value.finish();
    if (lua.luaJ_dobuffer(pointer, code, code.remaining(), "=value") != 0) {
      String problem = type(-1) == LuaType.STRING ? text(-1) : "no memory";
      throw LuaError.plain(problem);
    }
  }

  /** Returns the interpreter's chunk, in which one value can be built at a time. */
  public ValueChunk chunk() {
    return chunk;
  }

  /** Pushes the light userdata that is a null pointer. */
  public void pushNull() {
    lua.lua_pushlightuserdata(pointer, 0);
  }

  public void push(LuaFunction function, Interpreter interpreter) {
    lua.luaJ_pushfunction(pointer, interpreter.wrap(function));
  }

  public void newTable(int elements, int fields) {
    lua.lua_createtable(pointer, elements, fields);
  }

  // ---- tables, without metamethods

  /** Replaces the key on top by its value in the table at {@code index}. */
  public void get(int index) {
    lua.lua_rawget(pointer, index);
  }

  /** Pushes an element. */
  public void get(int index, int element) {
    lua.lua_rawgeti(pointer, index, element);
  }

  /** Pushes a field. */
  public void get(int index, String asciiField) {
    int table = index < 0 && index > REGISTRY ? index - 1 : index;
    lua.lua_pushstring(pointer, asciiField);
    lua.lua_rawget(pointer, table);
  }

  /** Pops a value and, below it, a key, and sets them in the table at {@code index}. */
  public void set(int index) {
    lua.lua_rawset(pointer, index);
  }

  /** Pops a value and sets it as an element. */
  public void set(int index, int element) {
    lua.lua_rawseti(pointer, index, element);
  }

  /** Pops a value and sets it as a field. */
  public void set(int index, String asciiField) {
    int table = index < 0 && index > REGISTRY ? index - 1 : index;
    lua.lua_pushstring(pointer, asciiField);
    lua.lua_insert(pointer, -2);
    lua.lua_rawset(pointer, table);
  }

  /**
   * Pops a key and pushes the next key and its value; at the end pushes nothing and returns false.
   */
  public boolean next(int index) {
    return lua.lua_next(pointer, index) != 0;
  }

  // ---- functions and what is kept beyond a call

  /** Pops a value and keeps it as long as the interpreter; returns its number. */
  public int keep() {
    return lua.luaL_ref(pointer, REGISTRY);
  }

  /** Pushes a value kept by {@link #keep}. */
  public void pushKept(int number) {
    lua.lua_rawgeti(pointer, REGISTRY, number);
  }

  /**
   * Calls the function below its {@code arguments}, and replaces both by all its results or, if it
   * fails, by the error value. Returns whether it succeeded. A script that is being ended fails
   * this way too; the caller must pass that error on.
   */
  public boolean call(int arguments) {
    return lua.lua_pcall(pointer, arguments, ALL_RESULTS, 0) == 0;
  }

  // ---- for the package

  long pointer() {
    return pointer;
  }

  void pushPosition(int level) {
    lua.luaL_where(pointer, level);
  }

  void concat(int count) {
    lua.lua_concat(pointer, count);
  }

  private static boolean isAscii(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }
}
