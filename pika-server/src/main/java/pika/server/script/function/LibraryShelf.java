package pika.server.script.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pika.server.command.CommandException;
import pika.storage.StoredFunctions;
import pika.storage.key.UnitOfWork;
import pika.storage.rdb.FunctionPayload;
import pika.storage.rdb.RdbException;
import pika.storage.rocks.StorageException;

/**
 * The server's libraries, in memory and on disk. A change is checked as a whole and is part of a
 * unit of work that holds all locks; others see it once committed. Thread-safe.
 */
public final class LibraryShelf {
  /** Maximum total size of the sources. Every interpreter holds what they compile to. */
  private static final long MAX_BYTES = 32 << 20;

  /** Runs a library's code to find out what it registers. */
  interface Probe {
    /**
     * Returns the functions of a library.
     *
     * @param body the code without the words of its header
     * @throws CommandException with Redis' text if it can't be compiled, fails, or registers
     *     nothing
     */
    List<Function> functions(byte[] body);
  }

  /** What FUNCTION RESTORE does with existing libraries. */
  public enum Policy {
    APPEND,
    REPLACE,
    FLUSH
  }

  private final StoredFunctions stored;
  private final Probe probe;
  private volatile Libraries libraries = Libraries.NONE;

  LibraryShelf(StoredFunctions stored, Probe probe) {
    this.stored = stored;
    this.probe = probe;
  }

  /**
   * Loads what is on disk.
   *
   * @throws StorageException naming a library that no longer loads; the server must not continue
   *     without it, because its next change would drop it
   */
  void open() {
    List<Library> found = new ArrayList<>();
    for (byte[] code : storedCodes()) {
      String name = LibraryHeader.nameIn(code);
      try {
        found.add(new Library(name, code, probe.functions(LibraryHeader.body(code))));
      } catch (CommandException e) {
        throw new StorageException("can't load the stored library " + name + ": " + e.errorText());
      }
    }
    libraries = Libraries.NONE.with(found);
  }

  private List<byte[]> storedCodes() {
    byte[] payload = stored.read();
    try {
      return payload == null ? List.of() : FunctionPayload.read(payload);
    } catch (RdbException e) {
      throw new StorageException("the stored functions are damaged: " + e.getMessage(), e);
    }
  }

  /** Returns the committed libraries. */
  Libraries libraries() {
    return libraries;
  }

  /** Returns the libraries as a unit of work sees them, with its own changes. */
  Libraries libraries(UnitOfWork unit) {
    return unit.replacedFunctions() instanceof Libraries replaced ? replaced : libraries;
  }

  /** Loads a library (FUNCTION LOAD); returns its name. */
  String load(UnitOfWork unit, byte[] code, boolean replace) {
    Libraries libraries = libraries(unit);
    String name = LibraryHeader.nameIn(code);
    if (!replace && libraries.has(name)) {
      throw new CommandException("ERR Library '" + name + "' already exists");
    }
    change(unit, libraries.with(List.of(library(name, code))));
    return name;
  }

  /** Deletes a library (FUNCTION DELETE). */
  void delete(UnitOfWork unit, String name) {
    Libraries libraries = libraries(unit);
    if (!libraries.has(name)) {
      throw new CommandException("ERR Library not found");
    }
    change(unit, libraries.without(name));
  }

  /** Deletes all libraries (FUNCTION FLUSH). */
  void flush(UnitOfWork unit) {
    change(unit, Libraries.NONE);
  }

  /** Returns all libraries as FUNCTION DUMP does. */
  byte[] dump(UnitOfWork unit) {
    return libraries(unit).payload();
  }

  /** Restores libraries (FUNCTION RESTORE). */
  void restore(UnitOfWork unit, byte[] payload, Policy policy) {
    if (!FunctionPayload.isIntact(payload)) {
      throw new CommandException("ERR DUMP payload version or checksum are wrong");
    }
    Libraries libraries = libraries(unit);
    List<Library> arriving = arriving(payload);
    if (policy == Policy.APPEND) {
      for (Library library : arriving) {
        if (libraries.has(library.name())) {
          throw new CommandException("ERR Library " + library.name() + " already exists");
        }
      }
    }
    Libraries base = policy == Policy.FLUSH ? Libraries.NONE : libraries;
    change(unit, base.with(arriving));
  }

  private List<Library> arriving(byte[] payload) {
    List<Library> arriving = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    try {
      for (byte[] code : FunctionPayload.read(payload)) {
        String name = LibraryHeader.nameIn(code);
        if (!names.add(name)) {
          throw new CommandException("ERR Library '" + name + "' already exists");
        }
        arriving.add(library(name, code));
      }
    } catch (RdbException e) {
      throw new CommandException("ERR " + e.getMessage());
    }
    // They must not collide among themselves either, whatever exists.
    Libraries.NONE.with(arriving);
    return arriving;
  }

  private Library library(String name, byte[] code) {
    return new Library(name, code.clone(), probe.functions(LibraryHeader.body(code)));
  }

  private void change(UnitOfWork unit, Libraries changed) {
    if (changed.sizeBytes() > MAX_BYTES) {
      throw new CommandException(
          "ERR function libraries would exceed their limit of " + MAX_BYTES + " bytes in total");
    }
    unit.replaceFunctions(changed);
    unit.afterCommit(() -> libraries = changed);
  }
}
