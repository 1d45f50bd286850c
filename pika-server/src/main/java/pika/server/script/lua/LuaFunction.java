package pika.server.script.lua;

/**
 * A function that Lua code calls and Java answers. Its arguments are the whole stack when it begins, from 1 to {@link
 * LuaStack#top}.
 *
 * <p>What it throws: a {@link LuaError} is an error of the script, which its pcall may catch; anything else ends the script,
 * whatever it tries, and comes out of {@link Interpreter} as the very same object.
 */
@FunctionalInterface
public interface LuaFunction {
  /** Pushes the results and says how many there are. */
  int call(LuaStack stack);
}
