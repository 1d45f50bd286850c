package pika.server.script.function;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.script.CommandCalls;
import pika.server.script.RunningScripts;
import pika.server.script.ScriptCalls;
import pika.server.script.ScriptEngine;
import pika.server.script.ScriptKind;
import pika.server.script.ScriptMemory;
import pika.server.script.ScriptThread;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.OutOfScriptMemory;
import pika.server.script.lua.Watch;
import pika.storage.StoredFunctions;
import pika.storage.rocks.StorageException;

/**
 * Functions within the server: the shelf of libraries, and for each thread that calls one, an
 * interpreter with the libraries, separate from the one for scripts. Thread-safe.
 */
public final class Functions {
  /** Time limit for a library to register its functions. */
  private static final long LOAD_LIMIT_MS = 500;

  private static final String REGISTERING = "ERR Error registering functions: ERR ";

  private final ScriptEngine engine;
  private final LibraryShelf shelf;
  private final ScriptMemory memory = new ScriptMemory();
  // There is one instance per server, and its threads end with it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Mine> threads = new ThreadLocal<>();

  private record Mine(ScriptThread thread, LoadedLibraries libraries) {}

  private Functions(StoredFunctions stored, ScriptEngine engine) {
    this.engine = engine;
    this.shelf = new LibraryShelf(stored, this::probe);
  }

  /**
   * Loads the stored libraries.
   *
   * @throws StorageException if a stored library can't be loaded
   */
  public static Functions open(StoredFunctions stored, ScriptEngine engine) {
    Functions functions = new Functions(stored, engine);
    functions.shelf.open();
    return functions;
  }

  /** Returns the commands FUNCTION, FCALL and FCALL_RO. */
  public Family commands(CommandTable table, Access access) {
    Family kept = new FunctionCommands(shelf, running());
    Family called = new FunctionCallCommands(this, table, access);
    return () ->
        Stream.concat(kept.commands().stream(), called.commands().stream()).toList();
  }

  ScriptCalls callsOf(Call call, CommandTable table, Access access, boolean readOnly) {
    return new CommandCalls(call, table, access, engine, readOnly);
  }

  LibraryShelf shelf() {
    return shelf;
  }

  /** Returns the interpreters of functions. */
  public ScriptMemory memory() {
    return memory;
  }

  public int libraryCount() {
    return shelf.libraries().all().size();
  }

  public int functionCount() {
    return shelf.libraries().functionCount();
  }

  /** Returns the total size of all libraries' sources in bytes. */
  public long sizeBytes() {
    return shelf.libraries().sizeBytes();
  }

  RunningScripts running() {
    return engine.running();
  }

  /**
   * Calls a function on the calling thread.
   *
   * @param args the command's, its keys from {@code firstKey} on
   */
  Reply call(
      Libraries libraries,
      Libraries.Entry function,
      byte[][] args,
      int firstKey,
      int keyCount,
      ScriptCalls calls,
      boolean mayWait) {
    Mine mine = mine();
    Interpreter interpreter = mine.thread.interpreter();
    String name = function.function().name();
    try (RunningScripts.Run run =
        running().begin(ScriptKind.FUNCTION, name, args, keyCount > 0, mayWait)) {
      return mine.thread.guarded(calls, name, run, () -> {
        mine.libraries.follow(libraries, run);
        mine.libraries.push(function);
        pushArguments(interpreter.stack(), args, firstKey, firstKey + keyCount);
        pushArguments(interpreter.stack(), args, firstKey + keyCount, args.length);
        return interpreter.call(2, run);
      });
    }
  }

  private static void pushArguments(LuaStack stack, byte[][] args, int from, int to) {
    ScriptThread.tell(stack.chunk(), args, from, to);
    stack.push(stack.chunk());
  }

  private List<Function> probe(byte[] body) {
    Mine mine = mine();
    try {
      return mine.libraries.probe(body, new Deadline());
    } catch (OutOfScriptMemory e) {
      threads.remove();
      memory.close(mine.thread);
      throw new CommandException(REGISTERING + "not enough memory");
    }
  }

  private Mine mine() {
    Mine mine = threads.get();
    if (mine != null && !mine.thread.isUsable()) {
      memory.close(mine.thread);
      mine = null;
    }
    if (mine == null) {
      ScriptThread thread = engine.newThread();
      memory.add(thread);
      mine = new Mine(thread, new LoadedLibraries(thread.interpreter()));
      threads.set(mine);
    }
    return mine;
  }

  private static final class Deadline implements Watch {
    private final long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOAD_LIMIT_MS);

    @Override
    public void tick(int instructions) {
      if (System.nanoTime() > endNanos) {
        throw new CommandException(REGISTERING + "FUNCTION LOAD timeout");
      }
    }
  }
}
