package pika.server.script.function;

import java.util.function.Supplier;
import pika.server.command.Family;
import pika.server.script.lua.Interpreter;
import pika.storage.StoredFunctions;
import pika.storage.rocks.StorageException;

/**
 * Functions as a part of the server: the shelf of libraries, and an interpreter with them for each thread that calls one. Safe for
 * many threads.
 */
public final class Functions {
  private final LibraryShelf shelf;
  // There is one of this for each server, and its threads end with it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<LoadedLibraries> loaded;
  private final RunningFunctions running;

  private Functions(
      StoredFunctions stored, Supplier<Interpreter> interpreters, RunningFunctions running) {
    this.loaded = ThreadLocal.withInitial(() -> new LoadedLibraries(interpreters.get()));
    this.shelf = new LibraryShelf(stored, body -> loaded.get().probe(body));
    this.running = running;
  }

  /**
   * Takes over what is stored.
   *
   * @param interpreters makes an interpreter with all that scripts see, for the calling thread
   * @throws StorageException if a stored library can't be loaded
   */
  public static Functions open(
      StoredFunctions stored, Supplier<Interpreter> interpreters, RunningFunctions running) {
    Functions functions = new Functions(stored, interpreters, running);
    functions.shelf.open();
    return functions;
  }

  /** The command FUNCTION. */
  public Family commands() {
    return new FunctionCommands(shelf, running);
  }
}
