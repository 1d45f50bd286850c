package pika.server.script.lua;

/** The types of Lua values, in the order of Lua's numbers. Never reorder. */
public enum LuaType {
  NIL,
  BOOLEAN,
  LIGHT_USERDATA,
  NUMBER,
  STRING,
  TABLE,
  FUNCTION,
  USERDATA,
  THREAD;

  private static final LuaType[] ALL = values();

  /** Returns the type for Lua's number; -1, an empty stack slot, is nil here. */
  static LuaType of(int number) {
    return number < 0 ? NIL : ALL[number];
  }
}
