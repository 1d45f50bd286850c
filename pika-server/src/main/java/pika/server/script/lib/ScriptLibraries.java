package pika.server.script.lib;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaStack;

/**
 * cjson, cmsgpack, struct and bit in one interpreter. Confined to its thread.
 *
 * <p>Each file is a chunk that takes what it needs as arguments and returns the library's table;
 * {@code cjson.lua} also returns the function that resets its settings.
 */
public final class ScriptLibraries {
  private final Interpreter interpreter;
  private final int restoreCjson;

  /** Adds the libraries to the environment of scripts. */
  public ScriptLibraries(Interpreter interpreter) {
    this.interpreter = interpreter;
    CallerNames names = new CallerNames(interpreter);
    LuaStack stack = interpreter.stack();
    int top = stack.top();
    stack.push(caller -> publish(caller, names), interpreter);
    int publish = stack.keep();
    run("native", 0);
    int lowLevel = stack.keep();

    stack.pushKept(publish);
    stack.pushKept(lowLevel);
    stack.pushNull();
    run("cjson", 3);
    restoreCjson = stack.keep();
    expose("cjson");
    for (String name : new String[] {"cmsgpack", "struct"}) {
      stack.pushKept(publish);
      stack.pushKept(lowLevel);
      run(name, 2);
      expose(name);
    }
    BitLibrary.open(interpreter, names);
    stack.top(top);
  }

  /**
   * Resets what an earlier script set through {@code cjson.encode_max_depth} and the like; to be
   * called before each script. Since there is one interpreter per thread, such settings would
   * otherwise apply to some scripts and not to others.
   */
  public void restoreSettings() {
    interpreter.stack().pushKept(restoreCjson);
    call(interpreter.stack(), 0);
  }

  private int publish(LuaStack stack, CallerNames names) {
    stack.top(1);
    stack.push(new Published(stack.keep(), names), interpreter);
    return 1;
  }

  /** Makes each field of the topmost table available to scripts. */
  private void expose(String library) {
    LuaStack stack = interpreter.stack();
    int table = stack.top();
    stack.pushNil();
    while (stack.next(table)) {
      interpreter.define(library, stack.text(-2));
    }
    stack.pop(1);
  }

  /**
   * Runs a file of this package with the {@code arguments} on the stack, which its results replace.
   */
  private void run(String file, int arguments) {
    interpreter.compileLibrary(source(file + ".lua"), "=" + file);
    interpreter.stack().insert(-arguments - 1);
    call(interpreter.stack(), arguments);
  }

  private static void call(LuaStack stack, int arguments) {
    if (!stack.call(arguments)) {
      throw new IllegalStateException(stack.text(-1));
    }
  }

  private static byte[] source(String file) {
    try (InputStream in = ScriptLibraries.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
