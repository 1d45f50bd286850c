package pika.server.script.function;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.storage.key.FunctionLibraries;
import pika.storage.rdb.FunctionPayload;

/**
 * All libraries at one moment. Immutable: a change makes a new value. Function names are
 * case-insensitive, and no two libraries may have one of the same name; within a library the first
 * one is called. Library names are case-sensitive.
 */
final class Libraries implements FunctionLibraries {
  static final Libraries NONE = new Libraries(Map.of());

  private final Map<String, Library> byName;
  private final Map<String, Entry> functions = new TreeMap<>();

  private Libraries(Map<String, Library> byName) {
    this.byName = byName;
    for (Library library : byName.values()) {
      for (Function function : library.functions()) {
        Entry first = functions.putIfAbsent(key(function.name()), new Entry(library, function));
        if (first != null && first.library() != library) {
          throw new CommandException("ERR Function " + function.name() + " already exists");
        }
      }
    }
  }

  /** A function and the library it belongs to. */
  record Entry(Library library, Function function) {}

  /** Returns the libraries in name order. */
  Collection<Library> all() {
    return byName.values();
  }

  @Override
  public byte[] payload() {
    return FunctionPayload.write(byName.values().stream().map(Library::code).toList());
  }

  int functionCount() {
    return functions.size();
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Returns the function with this name, ignoring case. */
  @Nullable
  Entry find(String functionName) {
    return functions.get(key(functionName));
  }

  /** Returns these libraries and {@code added}, which replace those of the same name. */
  Libraries with(List<Library> added) {
    Map<String, Library> more = new TreeMap<>(byName);
    added.forEach(library -> more.put(library.name(), library));
    return new Libraries(more);
  }

  Libraries without(String name) {
    Map<String, Library> fewer = new TreeMap<>(byName);
    fewer.remove(name);
    return new Libraries(fewer);
  }

  /** Returns the total size of the sources in bytes. */
  long sizeBytes() {
    long sum = 0;
    for (Library library : byName.values()) {
      sum += library.code().length;
    }
    return sum;
  }

  private static String key(String functionName) {
    return functionName.toLowerCase(Locale.ROOT);
  }
}
