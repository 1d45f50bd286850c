package pika.server.script.lua;

/**
 * A function that Lua code calls and Java implements. At the start, its arguments are the whole
 * stack, from 1 to {@link LuaStack#top}.
 *
 * <p>A {@link LuaError} it throws is an error in the script, which its pcall may catch; any other
 * exception ends the script whatever it does, and is rethrown from {@link Interpreter} as the same
 * object.
 */
@FunctionalInterface
public interface LuaFunction {
  /** Pushes the results and returns their number. */
  int call(LuaStack stack);
}
