package pika.server.script.lib;

import java.nio.charset.StandardCharsets;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;

/**
 * Finds the name by which the script calls the running function, which Lua's argument errors show.
 * Confined to the interpreter's thread.
 */
final class CallerNames {
  /** Level 1 is this chunk, level 2 the native function that calls it. */
  private static final String SOURCE =
      "local getinfo = debug.getinfo return function() local i = getinfo(2, 'n') return i.name, i.namewhat == 'method' end";

  private final int lookup;

  CallerNames(Interpreter interpreter) {
    interpreter.compileLibrary(SOURCE.getBytes(StandardCharsets.US_ASCII), "=names");
    LuaStack stack = interpreter.stack();
    if (!stack.call(0)) {
      throw new IllegalStateException(stack.text(-1));
    }
    lookup = stack.keep();
  }

  /** Returns the error for an argument of the running function, as luaL_argerror words it. */
  LuaError argument(LuaStack stack, int number, String problem) {
    stack.reserve(4);
    stack.pushKept(lookup);
    int top = stack.top() - 1;
    stack.call(0);
    String name = stack.type(top + 1) == LuaType.STRING ? stack.text(top + 1) : "?";
    boolean isMethod = stack.isTrue(top + 2);
    stack.top(top);
    if (!isMethod) {
      return LuaError.argument(number, name, problem);
    }
    // A method's own object is not counted as an argument.
    return number == 1
        ? LuaError.at("calling '" + name + "' on bad self (" + problem + ")")
        : LuaError.argument(number - 1, name, problem);
  }
}
