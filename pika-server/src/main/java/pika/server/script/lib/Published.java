package pika.server.script.lib;

import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaFunction;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;

/**
 * The wrapper through which scripts call a function written in Lua: a native function that calls it
 * and adds positions to the errors it reports (see {@code native.lua}). If called directly, a Lua
 * function would replace a caller that ends with {@code return f(x)}, and the line would be lost.
 *
 * @param body number under which the stack keeps the function
 */
record Published(int body, CallerNames names) implements LuaFunction {
  /** Used by native.lua in place of an argument's number if the message is complete. */
  private static final double BARE = -1;

  /** Returned to the caller: the topmost value is an error, as it is. */
  private static final int FAILED = -1;

  @Override
  public int call(LuaStack stack) {
    int arguments = stack.top();
    stack.pushKept(body);
    stack.insert(1);
    if (stack.call(arguments)) {
      return stack.top();
    }
    if (stack.type(-1) != LuaType.TABLE) {
      return FAILED;
    }
    stack.get(-1, 1);
    stack.get(-2, 2);
    if (stack.type(-2) != LuaType.STRING) {
      stack.pop(2);
      return FAILED;
    }
    String text = stack.text(-2);
    if (stack.type(-1) != LuaType.NUMBER) {
      throw LuaError.at(text);
    }
    double number = stack.number(-1);
    if (number == BARE) {
      throw LuaError.plain(text);
    }
    throw names.argument(stack, (int) number, text);
  }
}
