package pika.server.script.lib;

import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaFunction;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;

/**
 * What scripts see of a function written in Lua: a native function that calls it, and that gives the mistakes it reports (see
 * {@code native.lua}) their position. Called straight away, a Lua function would take the place of a caller that ends with
 * {@code return f(x)}, and nobody could tell the line any more.
 *
 * @param body number under which the stack keeps the function
 */
record Published(int body, CallerNames names) implements LuaFunction {
  /** What native.lua puts in the place of an argument's number for a text that is complete. */
  private static final double BARE = -1;

  /** To the caller: the value on the top is an error, as it is. */
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
