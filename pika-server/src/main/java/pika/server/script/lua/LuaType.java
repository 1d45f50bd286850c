package pika.server.script.lua;

/** The types of Lua's values, in the order of Lua's own numbers for them. Never reorder. */
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

  /** Lua answers -1 for a place on the stack that holds nothing; that is nil here. */
  static LuaType of(int number) {
    return number < 0 ? NIL : ALL[number];
  }
}
