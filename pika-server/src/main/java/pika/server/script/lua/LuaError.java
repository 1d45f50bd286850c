package pika.server.script.lua;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * An error that a Java function raises in the calling script. It has no stack trace: it is an
 * ordinary event.
 */
public final class LuaError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Consumer<LuaStack> value;
  private final boolean positioned;

  private LuaError(String text, Consumer<LuaStack> value, boolean positioned) {
    super(text, null, false, false);
    this.value = value;
    this.positioned = positioned;
  }

  /**
   * Returns an error to which Lua prepends the position of the call, as its own functions do; one
   * char per byte.
   */
  public static LuaError at(String text) {
    return new LuaError(text, stack -> stack.push(bytes(text)), true);
  }

  /** Returns an error with exactly this text; one char per byte. */
  public static LuaError plain(String text) {
    return new LuaError(text, stack -> stack.push(bytes(text)), false);
  }

  /** Returns the error for an argument, counted from 1, in the words of Lua's own library. */
  public static LuaError argument(int index, String functionName, String problem) {
    return at("bad argument #" + index + " to '" + functionName + "' (" + problem + ")");
  }

  /** Returns an error with any value; {@code pushesIt} pushes exactly one. */
  public static LuaError value(String text, Consumer<LuaStack> pushesIt) {
    return new LuaError(text, pushesIt, false);
  }

  /** Returns the text without position; one char per byte. */
  public String text() {
    return String.valueOf(getMessage());
  }

  void pushOn(LuaStack stack) {
    if (positioned) {
      stack.pushPosition(1);
    }
    value.accept(stack);
    if (positioned) {
      stack.concat(2);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
