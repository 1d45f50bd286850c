package pika.server.script.function;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pika.server.command.CommandException;
import pika.server.script.ScriptFlag;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;
import pika.server.script.lua.Watch;

/**
 * The libraries loaded in one interpreter: each was run there once, and the functions it registered
 * are kept. A library's own variables belong to the interpreter, not to the server. Confined to the
 * interpreter's thread.
 */
final class LoadedLibraries {
  private static final String SOURCE = "library.lua";
  private static final String CHUNK_NAME = "@user_function";

  /** Name of the code that created the scripts' globals; errors are not attributed to it. */
  private static final String TRUSTED = "=sandbox";

  private static final int NAME = 1;
  private static final int CALLBACK = 2;
  private static final int FLAGS = 3;
  private static final int DESCRIPTION = 4;

  private final Interpreter interpreter;
  private final int load;
  private final int abort;
  private final Map<Library, Map<String, Integer>> callbacks = new HashMap<>();
  private Libraries loaded = Libraries.NONE;

  /**
   * Creates it without libraries.
   *
   * @param interpreter has everything that functions see, including {@code redis}
   */
  LoadedLibraries(Interpreter interpreter) {
    this.interpreter = interpreter;
    LuaStack stack = interpreter.stack();
    int top = stack.top();
    interpreter.compileLibrary(source(), TRUSTED);
    interpreter.environment();
    stack.push(LoadedLibraries::isName, interpreter);
    if (!stack.call(2)) {
      throw new IllegalStateException(stack.text(-1));
    }
    abort = stack.keep();
    load = stack.keep();
    stack.top(top);
  }

  /**
   * Loads libraries that are new and drops those that are gone; if {@code watch} interrupts that,
   * the next call continues.
   */
  void follow(Libraries libraries, Watch watch) {
    if (libraries == loaded) {
      return;
    }
    Set<Library> kept = new HashSet<>(libraries.all());
    for (Library old : loaded.all()) {
      if (!kept.contains(old)) {
        forget(requireNonNullElse(callbacks.remove(old), Map.of()));
      }
    }
    for (Library library : libraries.all()) {
      if (!callbacks.containsKey(library)) {
        Map<String, Integer> registered = new HashMap<>();
        run(LibraryHeader.body(library.code()), registered, watch);
        callbacks.put(library, registered);
      }
    }
    loaded = libraries;
  }

  /** Pushes a function of the libraries followed last. */
  void push(Libraries.Entry function) {
    Map<String, Integer> ofLibrary = requireNonNull(callbacks.get(function.library()));
    interpreter
        .stack()
        .pushKept(requireNonNull(ofLibrary.get(function.function().name())));
  }

  /** Returns the functions that a library's code registers, and keeps nothing of it. */
  List<Function> probe(byte[] body, Watch watch) {
    Map<String, Integer> registered = new HashMap<>();
    try {
      return run(body, registered, watch);
    } finally {
      forget(registered);
    }
  }

  /** Runs the code of a library and keeps the functions it registers under their names. */
  private List<Function> run(byte[] body, Map<String, Integer> kept, Watch watch) {
    LuaStack stack = interpreter.stack();
    int top = stack.top();
    int code = compile(body);
    try {
      stack.pushKept(load);
      interpreter.push(code);
      if (!interpreter.call(1, watch)) {
        throw new CommandException("ERR Error registering functions: " + problem(stack));
      }
      List<Function> functions = new ArrayList<>();
      for (int i = 1; i <= stack.length(top + 1); i++) {
        stack.get(top + 1, i);
        functions.add(take(stack, kept));
        stack.pop(1);
      }
      if (functions.isEmpty()) {
        throw new CommandException("ERR No functions registered");
      }
      return functions;
    } finally {
      interpreter.release(code);
      stack.top(top);
      stack.pushKept(abort);
      stack.call(0);
      stack.top(top);
    }
  }

  private int compile(byte[] body) {
    try {
      return interpreter.compile(body, CHUNK_NAME);
    } catch (LuaError e) {
      throw new CommandException("ERR Error compiling function: " + e.getMessage());
    }
  }

  private static String problem(LuaStack stack) {
    stack.get(-1, "err");
    return stack.text(-1);
  }

  /** Reads the entry on top of the stack. */
  private Function take(LuaStack stack, Map<String, Integer> kept) {
    int entry = stack.top();
    stack.get(entry, NAME);
    String name = stack.text(-1);
    stack.get(entry, FLAGS);
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (int i = 1; i <= stack.length(entry + 2); i++) {
      stack.get(entry + 2, i);
      flags.add(requireNonNull(ScriptFlag.of(stack.text(-1))));
      stack.pop(1);
    }
    stack.get(entry, DESCRIPTION);
    String description = stack.type(-1) == LuaType.STRING ? stack.text(-1) : null;
    stack.get(entry, CALLBACK);
    kept.put(name, stack.keep());
    stack.top(entry);
    return new Function(name, description, flags);
  }

  private void forget(Map<String, Integer> kept) {
    kept.values().forEach(interpreter::release);
  }

  private static int isName(LuaStack stack) {
    stack.push(LibraryHeader.isName(stack.text(1)));
    return 1;
  }

  private static byte[] source() {
    try (InputStream in = requireNonNull(LoadedLibraries.class.getResourceAsStream(SOURCE))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
